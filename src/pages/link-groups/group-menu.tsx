import type { MenuListComponentProps, OptionProps } from '@atlaskit/select/types'
import type { Range } from '@tanstack/react-virtual'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { ReactElement, ReactNode, RefObject } from 'react'
import {
  cloneElement,
  createContext,
  Fragment,
  isValidElement,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { Skeleton } from '#src/pages/parts/loading.tsx'
import styles from './group-menu.module.css'
import type { GroupRows } from './group-rows.ts'

/** A name and a path, one line each. All rows have the same height, so none has to be measured. */
export const ROW_PIXELS = 52
const ROWS_BEYOND_VIEW = 6

/** What the open list needs to know besides its options. */
interface GroupMenuContext
  extends Pick<GroupRows, 'firstRow' | 'rowCount' | 'hasMore' | 'list' | 'onVisible'> {
  /** A remark about all rows, such as why they are not filtered. */
  readonly note: string | undefined
  /** A remark about selected groups. It is below the rows, so that they don't move. */
  readonly covered: string | undefined
  /** Whether a key moved the focus, so that the focused row must be scrolled into view. */
  readonly movedByKey: RefObject<boolean>
}

const Context = createContext<GroupMenuContext | undefined>(undefined)

export const GroupMenuProvider = Context.Provider

type Option = ReactElement<OptionProps<Group, true>>

/** The open list. However many groups there are, only the visible rows are rendered. */
export function GroupMenuList({
  children,
  innerProps,
  innerRef,
  maxHeight,
  focusedOption,
}: MenuListComponentProps<Group, true>) {
  const context = useContext(Context)
  if (!context) throw new Error('GroupMenuList needs a GroupMenuProvider around it.')
  const { firstRow, rowCount, hasMore, list, onVisible, note, covered, movedByKey } = context
  const element = useRef<HTMLDivElement>(null)
  // Without options the only child is a message.
  const options = Array.isArray(children) ? (children as ReactNode[]).filter(isOption) : undefined
  const focusedIndex = options?.findIndex(({ props }) => props.data === focusedOption) ?? -1
  const focusedRow = focusedIndex < 0 ? undefined : firstRow + focusedIndex
  const count = options ? rowCount + (hasMore ? 1 : 0) : 0
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => ROW_PIXELS,
    overscan: ROWS_BEYOND_VIEW,
    // Rows on the first render: the select scrolls to the focused one when the menu opens.
    initialRect: { width: 0, height: maxHeight },
    // The field refers to the focused row (aria-activedescendant), so that row stays rendered however far the list is scrolled.
    rangeExtractor: useCallback(
      (range: Range) => withRow(defaultRangeExtractor(range), focusedRow),
      [focusedRow],
    ),
    useFlushSync: false,
  })
  const rows = virtualizer.getVirtualItems()
  const { range } = virtualizer
  const first = range ? Math.max(0, range.startIndex - ROWS_BEYOND_VIEW) : 0
  const last = range ? Math.min(count - 1, range.endIndex + ROWS_BEYOND_VIEW) : -1

  useEffect(() => onVisible(first, Math.max(first, last)), [first, last, onVisible])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useLayoutEffect(() => {
    if (element.current) element.current.scrollTop = 0
  }, [list])

  // The select itself scrolls to rows that are rendered.
  useLayoutEffect(() => {
    if (!movedByKey.current) return
    movedByKey.current = false
    if (focusedRow !== undefined && (focusedRow < first || focusedRow > last))
      virtualizer.scrollToIndex(focusedRow)
  })

  return (
    <>
      {note && <p className={styles.note}>{note}</p>}
      <div
        {...innerProps}
        ref={(instance) => {
          element.current = instance
          if (typeof innerRef === 'function') innerRef(instance)
        }}
        className={styles.list}
        style={{ maxHeight }}
        tabIndex={-1}
      >
        {options ? (
          <>
            {rows.map(({ index }, place) => {
              const option = options[index - firstRow]
              return (
                // If another group takes the row during a click, the click must not select it.
                <Fragment key={`${index}-${option?.props.data.id}`}>
                  <Gap rows={index - ((rows[place - 1]?.index ?? -1) + 1)} />
                  {option ? (
                    cloneElement(option, {
                      innerProps: {
                        ...option.props.innerProps,
                        'aria-posinset': index + 1,
                        'aria-setsize': hasMore ? -1 : rowCount,
                        ...(index === focusedRow && { 'data-focused': true }),
                      },
                    })
                  ) : (
                    <LoadingRow />
                  )}
                </Fragment>
              )
            })}
            <Gap rows={count - ((rows.at(-1)?.index ?? -1) + 1)} />
          </>
        ) : (
          children
        )}
      </div>
      {/* Screen readers hear it when the group is selected. */}
      {covered && (
        <p className={styles.covered} aria-hidden="true">
          {covered}
        </p>
      )}
    </>
  )
}

/** As tall as the rows that are not rendered. */
function Gap({ rows }: { rows: number }) {
  return rows > 0 && <div role="presentation" style={{ height: rows * ROW_PIXELS }} />
}

/** @returns the rows in view and one more, in order */
function withRow(rows: number[], row: number | undefined): number[] {
  return row === undefined || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b)
}

function LoadingRow() {
  return (
    <div role="presentation" className={styles.loading} style={{ height: ROW_PIXELS }}>
      <Skeleton shape="avatar" />
      <Skeleton shape="name" />
    </div>
  )
}

function isOption(child: ReactNode): child is Option {
  return isValidElement(child)
}
