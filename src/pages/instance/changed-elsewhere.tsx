import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { instanceNowOptions, switchInstance } from '#src/gitlab/instance/saving-queries.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { Button } from '#src/pages/parts/button.tsx'
import { Notice } from '#src/pages/parts/notice.tsx'
import { texts } from '#src/texts/texts.ts'

interface ChangedElsewhereProps {
  /** Something is under way that switching would cut off. */
  readonly isDisabled: boolean
  /** Gets the name of the instance that the page switches to. */
  readonly onSwitch: (name: string) => void
}

/**
 * Says that this Jira site uses another instance by now: someone else has changed it, or the same user in another tab. What
 * is selected here is kept until the user switches. GitLab is asked when the user comes back to the page, and whenever the
 * list of linked groups changes or can't be read again, which is after linking, unlinking, and most failures.
 */
export function ChangedElsewhere({ isDisabled, onSwitch }: ChangedElsewhereProps) {
  const { backend, deployment } = usePageContext()
  const { instance, facts } = useInstance()
  const { account } = useAccount()
  const client = useQueryClient()
  const announce = useAnnounce()
  const { data: now, refetch } = useQuery(instanceNowOptions(backend, instance))
  const list = linkedGroupsOptions(backend, instance)
  // It's only watched: a list that couldn't be read isn't to be read once more for this.
  const { dataUpdatedAt, errorUpdatedAt } = useQuery({ ...list, refetchOnMount: false, retryOnMount: false })
  const lookAgain = useEffectEvent(() => {
    const { dataUpdateCount = 0, errorUpdateCount = 0 } = client.getQueryState(list.queryKey) ?? {}
    // The first list is as new as what the page knows about the instance.
    if (dataUpdateCount + errorUpdateCount > 1) void refetch({ cancelRefetch: false })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list has been read, or couldn't be
  useEffect(() => lookAgain(), [dataUpdatedAt, errorUpdatedAt])
  if (now === instance) return null

  const next = factsAbout(now, backend.app, deployment).instanceName
  const words = texts.changedElsewhere
  const before = facts.instanceName
  return (
    <Notice appearance="warning" role="alert">
      <strong>{words.title({ next })}</strong> {words.stays({ before })}{' '}
      {account.status === 'signed-in' && words.ends({ before })}
      <Actions>
        <Button
          disabled={isDisabled}
          onClick={() => {
            switchInstance(client, backend, instance, now)
            announce(texts.chooseInstance.changed({ name: next }))
            onSwitch(next)
          }}
        >
          {words.switch({ next })}
        </Button>
      </Actions>
    </Notice>
  )
}
