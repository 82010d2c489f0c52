import { useQuery } from '@tanstack/react-query'
import type { ReactNode, RefObject } from 'react'
import { memo, useCallback, useDeferredValue, useId, useMemo, useState } from 'react'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { lazyWithRetry } from '#src/pages/failure/lazy-with-retry.tsx'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { AppIcon } from '#src/pages/parts/icons.tsx'
import { Notice } from '#src/pages/parts/notice.tsx'
import { formatCount } from '#src/texts/format.ts'
import { texts } from '#src/texts/texts.ts'
import { LinkedGroupRow, rowPixels } from './linked-group-row.tsx'
import styles from './linked-groups.module.css'
import type { ListOrder } from './linked-groups-order.ts'
import { inOrder, matching } from './linked-groups-order.ts'
import { createLinkedParent } from './linked-parent.ts'
import { ENOUGH_FOR_TOOLS } from './list-limits.ts'
import { ListTools } from './list-tools.tsx'
import { LoadingRows } from './loading-rows.tsx'
import { useNearbyBlocks } from './nearby-blocks.tsx'
import { useSelection } from './use-selection.ts'

/** Loads the actions for selected groups. */
export const loadSelectionBar = () => import('./selection-bar.tsx')
const SelectionBar = lazyWithRetry(async () => (await loadSelectionBar()).SelectionBar, null)

interface LinkedGroupsProps {
  /** Ids of the groups linked since the page was opened. */
  readonly newGroupIds: ReadonlySet<number>
  /** Whether several groups are being linked or unlinked. */
  readonly isBusy: boolean
  /** Whether one or several are: several more can't be unlinked before that has ended, and its outcome is shown. */
  readonly isJobUnderWay: boolean
  readonly onUnlinkMany: (groups: readonly LinkedGroup[]) => unknown
  /** Called after a single group has been unlinked. */
  readonly onUnlinked: () => void
  /** The heading, which gets the focus when the focused element disappears. */
  readonly title: RefObject<HTMLHeadingElement | null>
}

/**
 * The groups linked to this Jira site, each with a button to unlink it. Needs no sign-in to GitLab. There may be
 * thousands, so typing in the search above must not render them again.
 */
export const LinkedGroups = memo(function LinkedGroups({ onUnlinked, ...props }: LinkedGroupsProps) {
  const { newGroupIds, title, onUnlinkMany } = props
  const { instance } = useInstance()
  const { backend, format } = usePageContext()
  const list = useQuery(linkedGroupsOptions(backend, instance))
  const { data: groups, refetch, isFetching } = list
  const error = useSteadyError(list)
  const titleId = useId()
  // Shown until another group is linked or unlinked: only the latest result shows.
  const [unlinked, setUnlinked] = useState<Unlinked>()

  const showUnlinked = useCallback(
    ({ fullName }: LinkedGroup) => {
      setUnlinked({ fullName, newGroupIds })
      title.current?.focus()
      onUnlinked()
    },
    [newGroupIds, title, onUnlinked],
  )

  function unlinkMany(some: readonly LinkedGroup[]): void {
    setUnlinked(undefined)
    onUnlinkMany(some)
  }

  function forgetUnlinked(): void {
    setUnlinked(undefined)
    title.current?.focus()
  }

  return (
    <section aria-labelledby={titleId} aria-busy={!groups && error == null}>
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {texts.list.title}{' '}
        {/* The list is read again once they all are: until then, its count would contradict theirs. */}
        {groups && !props.isBusy && (
          <span className={styles.count}>{formatCount(groups.length, format)}</span>
        )}
      </h2>
      {error != null && (
        <>
          <Failure error={error} onRetry={() => void refetch()} retrying={isFetching} />
          {!groups && <p className={styles.errorHelp}>{texts.list.errorHelp}</p>}
        </>
      )}
      {!groups && error == null && <LoadingRows />}
      {unlinked?.newGroupIds === newGroupIds && (
        <Notice onClose={forgetUnlinked}>
          <strong>{texts.list.unlinked({ name: unlinked.fullName })}</strong> {texts.list.keptInJira}
        </Notice>
      )}
      {groups?.length === 0 && (
        <div className={styles.empty}>
          <AppIcon />
          <p>
            <strong>{texts.list.empty}</strong>
          </p>
          <p>{texts.list.emptyHelp}</p>
        </div>
      )}
      {groups && groups.length > 0 && (
        <List groups={groups} {...props} onUnlinked={showUnlinked} onUnlinkMany={unlinkMany} />
      )}
    </section>
  )
})

interface Unlinked extends Pick<LinkedGroupsProps, 'newGroupIds'> {
  readonly fullName: string
}

interface ListProps extends Omit<LinkedGroupsProps, 'onUnlinked'> {
  readonly groups: readonly LinkedGroup[]
  readonly onUnlinked: (group: LinkedGroup) => void
}

function List(props: ListProps) {
  const { groups, newGroupIds, isBusy, isJobUnderWay, onUnlinkMany, onUnlinked, title } = props
  const { format } = usePageContext()
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<ListOrder>('name')
  // Typing must not wait until 1,000 rows are rendered.
  const appliedFilter = useDeferredValue(filter)
  const ordered = useMemo(
    () => inOrder(groups, order, newGroupIds, format.locale),
    [groups, order, newGroupIds, format.locale],
  )
  const shown = useMemo(() => matching(ordered, appliedFilter), [ordered, appliedFilter])
  const linkedParentOf = useMemo(() => createLinkedParent(groups), [groups])
  const selection = useSelection(groups, shown)
  const { selected, clear } = selection
  const isFiltered = appliedFilter.trim() !== ''
  // Once shown, they stay: the user might be typing, or have sorted the list.
  const [hasTools, setHasTools] = useState(groups.length >= ENOUGH_FOR_TOOLS)
  if (!hasTools && groups.length >= ENOUGH_FOR_TOOLS) setHasTools(true)
  const selectable = shown.filter(({ subscriptionId }) => subscriptionId !== undefined)
  const selectedShown = selectable.filter(({ subscriptionId = '' }) => selected.has(subscriptionId))
  const selectedGroups = ordered.filter(({ subscriptionId = '' }) => selected.has(subscriptionId))
  // The end of a short list is always near, and there the actions move nothing.
  const barRow = hasTools ? selection.barRow : selectable.at(-1)?.subscriptionId
  const isBarInList = barRow !== undefined && shown.some(({ subscriptionId }) => subscriptionId === barRow)

  const bar = selectedGroups.length > 0 && (
    <SelectionBar
      groups={selectedGroups}
      hidden={selectedGroups.length - selectedShown.length}
      linkedParentOf={linkedParentOf}
      isDisabled={isJobUnderWay}
      onUnlink={() => {
        clear()
        onUnlinkMany(selectedGroups)
      }}
      onClear={() => {
        clear()
        title.current?.focus()
      }}
    />
  )

  return (
    <>
      {hasTools && (
        <ListTools
          filter={filter}
          onFilter={setFilter}
          order={order}
          onOrder={setOrder}
          hasNew={newGroupIds.size > 0}
          isFiltered={isFiltered}
          selectable={selectable.length}
          selected={selectedShown.length}
          isBusy={isBusy}
          onSelectAll={(isSelected) => selection.selectAll(selectable, isSelected)}
        />
      )}
      {!isBarInList && bar}
      <p role="status" className={shown.length > 0 ? 'visually-hidden' : styles.noMatch}>
        {isFiltered &&
          (shown.length > 0
            ? texts.list.matches({ count: shown.length })
            : texts.list.noneMatches({ filter: appliedFilter.trim() }))}
      </p>
      {shown.length > 0 && (
        <Rows
          key={`${order} ${appliedFilter}`}
          groups={shown}
          newGroupIds={newGroupIds}
          selected={groups.length > 1 ? selected : undefined}
          onSelect={selection.select}
          barRow={barRow}
          bar={bar}
          isBusy={isBusy}
          title={title}
          linkedParentOf={linkedParentOf}
          onUnlinked={onUnlinked}
        />
      )}
    </>
  )
}

interface RowsProps extends Pick<ListProps, 'newGroupIds' | 'isBusy' | 'title' | 'onUnlinked'> {
  readonly linkedParentOf: (group: LinkedGroup) => string | undefined
  readonly groups: readonly LinkedGroup[]
  readonly selected: ReadonlySet<string> | undefined
  readonly onSelect: (group: LinkedGroup, isSelected: boolean, shiftKey: boolean) => void
  /** The actions for the selection, and below which row they are: the top of the list may be far away. */
  readonly bar: ReactNode
  readonly barRow: string | undefined
}

function Rows(props: RowsProps) {
  const { groups, newGroupIds, selected, onSelect, barRow, bar, isBusy, title, linkedParentOf, onUnlinked } =
    props
  // The same elements while nothing changes: near the end of the list, 1,000 rows exist when the next ones are added.
  const rows = useMemo(
    () =>
      groups.map((group, index) => {
        const { subscriptionId, groupId } = group
        return (
          <LinkedGroupRow
            // Both are numbers, so that one could be taken for the other.
            key={groupId ?? `link ${subscriptionId ?? index}`}
            group={group}
            isNew={groupId !== undefined && newGroupIds.has(groupId)}
            isSelected={selected && subscriptionId !== undefined && selected.has(subscriptionId)}
            onSelect={onSelect}
            isDisabled={isBusy}
            position={index + 1}
            listLength={groups.length}
            linkedParent={linkedParentOf(group)}
            onUnlinked={onUnlinked}
          >
            {subscriptionId !== undefined && subscriptionId === barRow && bar}
          </LinkedGroupRow>
        )
      }),
    [groups, newGroupIds, selected, onSelect, barRow, bar, isBusy, linkedParentOf, onUnlinked],
  )
  const heights = useMemo(() => groups.map(rowPixels), [groups])
  const { content, isLong, isComplete, showAll } = useNearbyBlocks(rows, heights)
  return (
    <>
      {isLong && (
        <SubtleButton
          // Hidden rather than removed, so that the rows don't move.
          style={{ visibility: isComplete ? 'hidden' : 'visible' }}
          onClick={() => {
            showAll()
            title.current?.focus()
          }}
        >
          {texts.list.showAll({ count: groups.length })}
        </SubtleButton>
      )}
      <ul className={styles.rows}>{content}</ul>
    </>
  )
}
