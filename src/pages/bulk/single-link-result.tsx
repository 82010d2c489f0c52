import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { BulkRun } from '#src/gitlab/bulk/run-state.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { useConnectAppDocs } from '#src/pages/context/documentation.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { ExternalLink } from '#src/pages/parts/copy/external-link.tsx'
import { Notice } from '#src/pages/parts/notice.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import { texts } from '#src/texts/texts.ts'

interface SingleLinkResultProps {
  readonly group: Group
  readonly run: BulkRun<Group>
  readonly onRetry: () => void
  readonly onClose: () => void
}

/** The outcome of linking one group. */
export function SingleLinkResult({ group, run, onRetry, onClose }: SingleLinkResultProps) {
  const documentation = useConnectAppDocs()
  const announce = useAnnounce()
  const { results } = useSyncExternalStore(run.subscribe, run.getState)
  const result = results.get(group)
  const error = result?.status === 'failed' ? result.error : undefined
  // Someone has signed in again since: what ended the sign-in before is no longer so, and the group is still selected.
  const [errorBefore] = useState(() => (codeOf(error) === 'session-expired' ? error : undefined))
  const isUnderWay = result?.status === 'waiting' || result?.status === 'running'
  const failure = useSteadyError({ error: error === errorBefore ? null : error, isFetching: isUnderWay })
  const isNew = result?.status === 'done'
  const isLinked = isNew || result?.status === 'already'
  const title = (isNew ? texts.linking.done : texts.linking.already)({ name: group.fullName })

  // Once, in whatever language the page speaks by then.
  const announceDone = useEffectEvent(() =>
    announce(isNew ? inSequence(title, texts.linking.whatNext, texts.linking.whereItAppears) : title),
  )
  useEffect(() => {
    if (isLinked) announceDone()
  }, [isLinked])

  if (failure != null) return <Failure error={failure} onRetry={onRetry} retrying={isUnderWay} />
  if (!isLinked) return null
  return (
    <Notice onClose={onClose}>
      <strong>{title}</strong>{' '}
      {isNew && (
        <Sentence text={inSequence(texts.linking.whatNext, texts.linking.whereItAppears, PLACE)}>
          <ExternalLink href={documentation}>{texts.linking.whatIsSent}</ExternalLink>
        </Sentence>
      )}
    </Notice>
  )
}
