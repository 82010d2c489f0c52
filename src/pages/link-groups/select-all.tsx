import Button from '@atlaskit/button/new'
import { useEffect, useEffectEvent, useState } from 'react'
import type { GroupsSource } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { everyGroup } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { nothingRead } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { useFocusOnMount } from '#src/pages/parts/focus.ts'
import question from '#src/pages/parts/question.module.css'
import { Question } from '#src/pages/parts/question.tsx'
import { texts } from '#src/texts/en.ts'
import { linkGroupsTexts } from '#src/texts/en-link-groups.ts'

interface SelectAllProps {
  readonly source: GroupsSource
  /** Empty for every group. */
  readonly search: string
  /** Whether it can't be selected: it's linked already, or will be deleted. */
  readonly isLeftOut: (group: Group) => boolean
  readonly selected: readonly Group[]
  readonly onSelect: (groups: readonly Group[]) => void
  /** Called at the end, whether or not groups were selected. */
  readonly onClose: () => void
}

/** Reads every group that matches a search, then asks, with the exact number, before selecting them. */
export function SelectAll(props: SelectAllProps) {
  const { source, search, isLeftOut, selected, onSelect, onClose } = props
  const { format } = usePageContext()
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
  const linkedCount = all.filter(isLeftOut).length
  const fresh = all.filter((group) => !isLeftOut(group) && !selectedIds.has(group.id))
  const isNothing = reading.nextPage === undefined && fresh.length === 0
  useEffect(() => {
    if (isNothing) announce(linkGroupsTexts.nothingToChoose)
  }, [isNothing, announce])

  if (fresh.length > 0) {
    return (
      <Question
        question={linkGroupsTexts.confirmAll(fresh.length, format)}
        consequence={
          linkedCount > 0 ? linkGroupsTexts.skipped(linkedCount, format) : linkGroupsTexts.noneSkipped
        }
        confirm={linkGroupsTexts.confirmAllButton(fresh.length, format)}
        appearance="primary"
        isBusy={false}
        onConfirm={() => {
          onSelect(fresh)
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
        {isNothing ? linkGroupsTexts.nothingToChoose : linkGroupsTexts.reading(reading.groups.size, format)}
      </p>
      <Actions>
        <Button ref={cancelButton} isLoading={false} onClick={onClose}>
          {isReading || error !== null ? texts.cancel : texts.close}
        </Button>
      </Actions>
    </div>
  )
}
