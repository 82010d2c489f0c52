import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useEffect, useRef } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import { clientIdOptions } from '#src/gitlab/instance/instance-queries.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { texts } from '#src/texts/en.ts'
import { useInstance } from './context/instance-context.ts'
import { usePageContext } from './context/page-context.ts'
import { Failure } from './failure/failure.tsx'
import { useSteadyError } from './failure/steady-error.ts'
import { BulkPanel, LinkGroups, usePreloading } from './lazy-screens.ts'
import { LinkedGroups } from './linked-groups/linked-groups.tsx'
import { ExternalLink } from './parts/external-link.tsx'
import { InstanceBar } from './sign-in/instance-bar.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { useLinking } from './use-linking.ts'

interface InstanceGroupsProps {
  /** Undefined if the deployment allows no other instance. */
  readonly onChange: (() => void) | undefined
  readonly changeButton: Ref<HTMLButtonElement>
}

/** The groups of one instance: those that are linked, and, once someone is signed in, those that can be. */
export function InstanceGroups({ onChange, changeButton }: InstanceGroupsProps) {
  const { backend } = usePageContext()
  const { instance, knownClientId, awaitsDeployment } = useInstance()
  const { account } = useAccount()
  const { bulk, isBusy, ...linking } = useLinking()
  const listTitle = useRef<HTMLHeadingElement>(null)
  const wasSignedIn = useRef(false)
  const list = useQuery(linkedGroupsOptions(backend, instance))
  const listError = useSteadyError(list)
  // If not even the list can be read, signing in would only fail for the same reason.
  const isOutOfReach = !list.data && listError instanceof GitLabUnreachableError
  // Asked for before the click on the sign-in button, which must open the window at once.
  const clientId = useQuery({
    ...clientIdOptions(instance, knownClientId),
    enabled: !awaitsDeployment && !isOutOfReach,
  })
  const isSignedIn = account.status === 'signed-in'
  usePreloading(list.isFetched)

  useEffect(() => {
    if (isSignedIn) wasSignedIn.current = true
  }, [isSignedIn])

  return (
    <>
      <InstanceBar
        // Another instance would leave the groups that are still to come behind.
        onChange={bulk.isBusy ? undefined : onChange}
        changeButton={changeButton}
      />
      {isSignedIn && (
        <>
          <LinkGroups
            user={account.user}
            selected={linking.selected}
            onSelect={linking.select}
            onLink={(groups) => void linking.link(groups)}
            searchText={linking.searchText}
            onSearch={linking.setSearchText}
            isBusy={isBusy}
          />
          <SingleLinkResult {...linking} />
        </>
      )}
      {!isSignedIn && !isOutOfReach && (
        <SignIn
          clientId={clientId}
          onChange={list.data?.length === 0 ? onChange : undefined}
          afterSignOut={wasSignedIn.current}
        />
      )}
      {bulk.missing && <Failure error={bulk.missing.error} onRetry={bulk.missing.tryAgain} />}
      {bulk.job && (
        <BulkPanel
          // Each job begins with the focus on its title.
          key={bulk.jobNumber}
          job={bulk.job}
          canGoOn={isSignedIn}
          onClose={() => {
            bulk.close()
            listTitle.current?.focus()
          }}
        />
      )}
      <LinkedGroups
        newGroupIds={linking.newGroupIds}
        isBusy={bulk.isBusy}
        onUnlinkMany={(groups) => void bulk.unlink(groups)}
        title={listTitle}
      />
    </>
  )
}

type SingleLinkResultProps = Pick<ReturnType<typeof useLinking>, 'single' | 'link' | 'selected'>

/** What became of linking one group, until something else is selected. */
function SingleLinkResult({ single, link, selected }: SingleLinkResultProps) {
  const { docs } = useInstance()
  if (single.error)
    return (
      <Failure
        error={single.error}
        onRetry={() => void link([single.variables])}
        retrying={single.isPending}
      />
    )
  if (!single.isSuccess || selected.length > 0) return null
  return (
    <p className="success">
      <strong>{texts.linking.done(single.variables.fullName)}</strong> {texts.linking.whatNext}{' '}
      <ExternalLink href={`${docs}/integration/jira/connect-app/`}>{texts.linking.whatIsSent}</ExternalLink>
    </p>
  )
}
