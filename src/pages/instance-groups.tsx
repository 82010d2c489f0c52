import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useEffect, useRef } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import { clientIdOptions } from '#src/gitlab/instance/instance-queries.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { SingleLinkResult } from './bulk/single-link-result.tsx'
import { useInstance } from './context/instance-context.ts'
import { usePageContext } from './context/page-context.ts'
import { Failure } from './failure/failure.tsx'
import { useSteadyError } from './failure/steady-error.ts'
import { BulkPanel, LinkGroups, usePreloading } from './lazy-screens.ts'
import { LinkedGroups } from './linked-groups/linked-groups.tsx'
import { InstanceBar } from './sign-in/instance-bar.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import type { useLinking } from './use-linking.ts'

interface InstanceGroupsProps {
  readonly linking: ReturnType<typeof useLinking>
  /** Undefined if the deployment allows no other instance. */
  readonly onChange: (() => void) | undefined
  /** Something is under way that a change of instance would cut off. */
  readonly isChangeDisabled: boolean
  readonly changeButton: Ref<HTMLButtonElement>
  /** Gets the name of another instance that the page goes on with. */
  readonly onSwitch: (name: string) => void
}

/** The groups of one instance: those that are linked, and, once someone is signed in, those that can be. */
export function InstanceGroups(props: InstanceGroupsProps) {
  const { linking, onChange, isChangeDisabled, changeButton, onSwitch } = props
  const { backend } = usePageContext()
  const { instance, knownClientId, awaitsDeployment } = useInstance()
  const { account } = useAccount()
  const { job, singleGroup, missing, isBulkBusy } = linking
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
  const ChangedElsewhere = usePreloading(list.isFetched)

  useEffect(() => {
    if (isSignedIn) wasSignedIn.current = true
  }, [isSignedIn])

  /** The group being linked, where it is now. */
  const moved = linking.selected.find(
    ({ id, fullPath }) => id === singleGroup?.id && fullPath !== singleGroup.fullPath,
  )

  function closeJob(): void {
    linking.close()
    listTitle.current?.focus()
  }

  return (
    <>
      {ChangedElsewhere && <ChangedElsewhere isDisabled={isChangeDisabled} onSwitch={onSwitch} />}
      <InstanceBar onChange={onChange} isChangeDisabled={isChangeDisabled} changeButton={changeButton} />
      {isSignedIn && (
        <>
          <LinkGroups
            user={account.user}
            selected={linking.selected}
            onSelect={linking.select}
            onFound={linking.renewSelected}
            onLink={(groups) => void linking.link(groups)}
            searchText={linking.searchText}
            onSearch={linking.setSearchText}
            topLevelOnly={linking.topLevelOnly}
            onTopLevelOnly={linking.setTopLevelOnly}
            isBusy={linking.isBusy}
          />
          {singleGroup && job?.kind === 'linking' && (
            <SingleLinkResult
              group={singleGroup}
              run={job.run}
              onRetry={() => (moved ? void linking.link([moved]) : job.run.retryFailed())}
              onClose={closeJob}
            />
          )}
        </>
      )}
      {!isSignedIn && !isOutOfReach && (
        <SignIn
          clientId={clientId}
          onChange={list.data?.length === 0 ? onChange : undefined}
          isChangeDisabled={isChangeDisabled}
          afterSignOut={wasSignedIn.current}
        />
      )}
      {missing && <Failure error={missing.error} onRetry={missing.tryAgain} />}
      {job && !singleGroup && (
        <BulkPanel
          // Each job starts with the focus on its title.
          key={linking.jobNumber}
          job={job}
          canGoOn={isSignedIn}
          onClose={closeJob}
        />
      )}
      <LinkedGroups
        newGroupIds={linking.newGroupIds}
        isBusy={isBulkBusy}
        isJobUnderWay={linking.isBusy}
        onUnlinkMany={linking.unlink}
        onUnlinked={linking.closeResult}
        title={listTitle}
      />
    </>
  )
}
