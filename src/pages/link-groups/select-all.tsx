import Button from '@atlaskit/button/new'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { everyGroup } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { nothingRead } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { createCoverage } from '#src/gitlab/linked-groups/linked-marks.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { useFocusOnMount } from '#src/pages/parts/focus.ts'
import question from '#src/pages/parts/question.module.css'
import { Question } from '#src/pages/parts/question.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { texts } from '#src/texts/texts.ts'

interface SelectAllProps {
  readonly source: GroupsSource
  /** Empty for every group. */
  readonly search: string
  /** Whether it's linked already. */
  readonly isLinked: (group: Group) => boolean
  /** The linked groups whose paths are known: what is below them is redundant. */
  readonly linked: readonly Pick<Group, 'fullName' | 'fullPath'>[]
  readonly selected: readonly Group[]
  readonly onSelect: (groups: readonly Group[]) => void
  /** Called at the end, whether or not groups were selected. */
  readonly onClose: () => void
}

/** Reads every group that matches a search, then asks, with the exact number, before selecting them. */
export function SelectAll(props: SelectAllProps) {
  const { source, search, isLinked, selected, onSelect, onClose } = props
  const announce = useAnnounce()
  const [reading, setReading] = useState(nothingRead)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  const cancelButton = useFocusOnMount<HTMLButtonElement>()
  const isReading = reading.nextPage !== undefined && error === null

  const read = useEffectEvent(async (signal: AbortSignal): Promise<void> => {
    try {
      for await (const next of everyGroup(source, search, reading, signal))
        if (!signal.aborted) setReading(next)
    } catch (failure) {
      if (!signal.aborted) setError(failure)
    }
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt continues where the one before ended
  useEffect(() => {
    const controller = new AbortController()
    void read(controller.signal)
    return () => controller.abort()
  }, [search, attempt])

  // Only at the end: there may be 100,000 of them.
  const all = reading.nextPage === undefined ? [...reading.groups.values()] : []
  const selectedIds = new Set(selected.map(({ id }) => id))
  const linked = all.filter(isLinked).length
  const selectable = all.filter((group) => !isLinked(group) && group.isBeingDeleted !== true)
  const fresh = selectable.filter(({ id }) => !selectedIds.has(id))
  const isNothing = reading.nextPage === undefined && fresh.length === 0
  useEffect(() => {
    if (isNothing) announce(texts.linkGroups.nothingToChoose)
  }, [isNothing, announce])

  if (fresh.length > 0) {
    return (
      <ConfirmAll
        fresh={fresh}
        above={[...props.linked, ...selected]}
        linked={linked}
        beingDeleted={all.length - linked - selectable.length}
        onConfirm={(groups) => {
          onSelect(groups)
          onClose()
        }}
        onCancel={onClose}
      />
    )
  }

  return (
    <div className={question.question}>
      {error !== null && (
        <Failure
          error={error}
          onRetry={() => {
            setError(null)
            setAttempt(attempt + 1)
            cancelButton.current?.focus()
          }}
        />
      )}
      <p className={question.title}>
        {isNothing
          ? texts.linkGroups.nothingToChoose
          : texts.linkGroups.reading({ count: reading.groups.size })}
      </p>
      <Actions>
        <Button ref={cancelButton} isLoading={false} onClick={onClose}>
          {isReading || error !== null ? texts.cancel : texts.close}
        </Button>
      </Actions>
    </div>
  )
}

interface ConfirmAllProps {
  readonly fresh: readonly Group[]
  /** Linked and selected groups. */
  readonly above: readonly Pick<Group, 'fullName' | 'fullPath'>[]
  /** How many groups are skipped because they are linked already. */
  readonly linked: number
  /** How many others are skipped because they will be deleted. */
  readonly beingDeleted: number
  readonly onConfirm: (groups: readonly Group[]) => void
  readonly onCancel: () => void
}

/** Subgroups are left out unless the user includes them: their data appears through the group above them. */
function ConfirmAll({ fresh, above, linked, beingDeleted, onConfirm, onCancel }: ConfirmAllProps) {
  const needed = useMemo(() => {
    const coveredBy = createCoverage([...above, ...fresh])
    return fresh.filter((group) => coveredBy(group) === undefined)
  }, [above, fresh])
  const covered = fresh.length - needed.length
  const [isComplete, setComplete] = useState(false)
  const groups = isComplete ? fresh : needed
  const count = groups.length
  const details = inSequence(
    // Still said when they are included, so that nothing moves under the pointer.
    covered > 0 ? texts.linkGroups.coveredSkipped({ count: covered }) : undefined,
    linked > 0 ? texts.linkGroups.linkedSkipped({ count: linked }) : undefined,
    beingDeleted > 0 ? texts.linkGroups.deletedSkipped({ count: beingDeleted }) : undefined,
  )
  return (
    <Question
      question={count > 0 ? texts.linkGroups.confirmAll({ count }) : texts.linkGroups.noneNeeded}
      consequence={details}
      confirm={count > 0 ? texts.linkGroups.confirmAllButton({ count }) : undefined}
      appearance="primary"
      isBusy={false}
      onConfirm={() => onConfirm(groups)}
      onCancel={onCancel}
    >
      {covered > 0 && (
        <label>
          <input
            type="checkbox"
            checked={isComplete}
            onChange={(event) => setComplete(event.target.checked)}
          />{' '}
          {texts.linkGroups.includeCovered({ count: covered })}
        </label>
      )}
    </Question>
  )
}
