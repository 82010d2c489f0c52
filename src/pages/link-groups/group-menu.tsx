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

/** A name and a path, one line each: rows of the same height need not be measured. */
export const ROW_PIXELS = 52
const ROWS_BEYOND_VIEW = 6

/** What the open list needs to know besides its options. */
interface GroupMenuContext
  extends Pick<GroupRows, 'firstRow' | 'rowCount' | 'hasMore' | 'list' | 'onVisible'> {
  /** What applies to all rows, such as why they are not searched. */
  readonly note: string | undefined
  /** Whether the focus moved by a key, and must be brought into view. */
  readonly movedByKey: RefObject<boolean>
}

const Context = createContext<GroupMenuContext | undefined>(undefined)

export const GroupMenuProvider = Context.Provider

type Option = ReactElement<OptionProps<Group, true>>

/** The open list: however many groups there are, only the rows in view are in the page. */
export function GroupMenuList({
  children,
  innerProps,
  innerRef,
  maxHeight,
  focusedOption,
}: MenuListComponentProps<Group, true>) {
  const context = useContext(Context)
  if (!context) throw new Error('GroupMenuList needs a GroupMenuProvider around it.')
  const { firstRow, rowCount, hasMore, list, onVisible, note, movedByKey } = context
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
    // With rows at once: the select brings the focused one into view at the first chance, which must be the opening.
    initialRect: { width: 0, height: maxHeight },
    // The field names the focused row to screen readers, so that it stays however far one scrolls.
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

  // A row that is in the page is brought into view by the select itself.
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
                // If another group takes the row, a click under way must not select it.
                <Fragment key={`${index}-${option?.props.data.id}`}>
                  <Gap rows={index - ((rows[place - 1]?.index ?? -1) + 1)} />
                  {option ? (
                    cloneElement(option, {
                      innerProps: {
                        ...option.props.innerProps,
                        'aria-posinset': index + 1,
                        'aria-setsize': hasMore ? -1 : rowCount,
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
    </>
  )
}

/** The height of rows that are not in the page. */
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
