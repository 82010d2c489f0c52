import type { MenuListComponentProps, OptionProps } from '@atlaskit/select/types'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { ReactElement, ReactNode, RefObject } from 'react'
import {
  cloneElement,
  createContext,
  isValidElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import type { Group } from '#src/gitlab/groups.ts'
import type { GroupRows } from './group-pages.ts'

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
  const virtualizer = useVirtualizer({
    count: options ? rowCount + (hasMore ? 1 : 0) : 0,
    getScrollElement: () => element.current,
    estimateSize: () => ROW_PIXELS,
    overscan: ROWS_BEYOND_VIEW,
    useFlushSync: false,
  })
  const rows = virtualizer.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? -1

  useEffect(() => onVisible(first, Math.max(first, last)), [first, last, onVisible])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useLayoutEffect(() => {
    if (element.current) element.current.scrollTop = 0
  }, [list])

  // A row that is in the page is brought into view by the select itself.
  useLayoutEffect(() => {
    if (!movedByKey.current) return
    movedByKey.current = false
    const index = options?.findIndex(({ props }) => props.data === focusedOption) ?? -1
    const row = firstRow + index
    if (index >= 0 && (row < first || row > last)) virtualizer.scrollToIndex(row)
  })

  return (
    <>
      {note && <p className="menu-note">{note}</p>}
      <div
        {...innerProps}
        ref={(instance) => {
          element.current = instance
          if (typeof innerRef === 'function') innerRef(instance)
        }}
        className="menu-list"
        style={{ maxHeight }}
        tabIndex={-1}
      >
        {options ? (
          <>
            <div role="presentation" style={{ height: first * ROW_PIXELS }} />
            {rows.map(({ index }) => {
              const option = options[index - firstRow]
              return option ? (
                cloneElement(option, {
                  // Where another group takes the row, a click under way must not choose it.
                  key: `${index}-${option.props.data.id}`,
                  innerProps: {
                    ...option.props.innerProps,
                    'aria-posinset': index + 1,
                    'aria-setsize': hasMore ? -1 : rowCount,
                  },
                })
              ) : (
                <LoadingRow key={index} />
              )
            })}
            <div
              role="presentation"
              style={{ height: virtualizer.getTotalSize() - (last + 1) * ROW_PIXELS }}
            />
          </>
        ) : (
          children
        )}
      </div>
    </>
  )
}

function LoadingRow() {
  return (
    <div role="presentation" className="menu-loading" style={{ height: ROW_PIXELS }}>
      <span className="avatar skeleton" />
      <span className="skeleton skeleton-name" />
    </div>
  )
}

function isOption(child: ReactNode): child is Option {
  return isValidElement(child)
}
