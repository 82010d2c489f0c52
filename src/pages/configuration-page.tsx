import Button from '@atlaskit/button/new'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode, Ref } from 'react'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { SessionProvider, useAccount } from '#src/account/account-context.tsx'
import { createSession, loadSignIn } from '#src/account/session.ts'
import type { Deployment } from '#src/deployment/deployment.ts'
import {
  appNameOf,
  choosableInstances,
  docsOf,
  factsAbout,
  knownClientIdOf,
} from '#src/deployment/deployment.ts'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import {
  clientIdOptions,
  instanceOptions,
  linkedGroupsOptions,
  linkGroupOptions,
} from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { texts } from '#src/texts/en.ts'
import { loadBulkWrites, useBulkJob } from './bulk/bulk-job.ts'
import { ConnectionCheckProvider } from './context/connection-check-context.ts'
import { usePageContext } from './context/page-context.tsx'
import { Failure } from './failure/failure.tsx'
import { late } from './failure/lazy-with-retry.tsx'
import { useSteadyError } from './failure/steady-error.ts'
import type { GuideProgress } from './instance/set-up-guide.tsx'
import { LinkedGroups, loadSelectionBar } from './linked-groups/linked-groups.tsx'
import { useAnnounce } from './parts/announcements.tsx'
import { ExternalLink } from './parts/external-link.tsx'
import { LoadingPage } from './parts/loading.tsx'
import { InstanceBar } from './sign-in/instance-bar.tsx'
import { SignIn } from './sign-in/sign-in.tsx'

const loadLinkGroups = () => import('./link-groups/link-groups.tsx')
const loadBulkPanel = () => import('./bulk/bulk-panel.tsx')
const loadChooseInstance = () => import('./instance/choose-instance.tsx')
const loadConnectionCheck = () => import('./connection-check/connection-check-panel.tsx')
const LinkGroups = late(async () => (await loadLinkGroups()).LinkGroups)
const BulkPanel = late(async () => (await loadBulkPanel()).BulkPanel)
const ChooseInstance = late(async () => (await loadChooseInstance()).ChooseInstance)
const ConnectionCheckPanel = late(async () => (await loadConnectionCheck()).ConnectionCheckPanel)

interface ConfigurationPageProps {
  /** Undefined while it is being read. */
  readonly deployment: Deployment | undefined
  /** Why the deployment's settings could not be read. */
  readonly deploymentError: unknown
}

/** The configuration page: linked groups at once; signing in, linking and the choice of the instance beside them. */
export function ConfigurationPage({ deployment, deploymentError }: ConfigurationPageProps) {
  const { backend } = usePageContext()
  const reading = useQuery(instanceOptions(backend))
  const { data: saved, refetch, isFetching } = reading
  const error = useSteadyError(reading)
  const [isChecking, setChecking] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const [guide, setGuide] = useState<GuideProgress>({ ticked: new Set(), isKnown: false })
  const titleId = useId()
  const title = useRef<HTMLHeadingElement>(null)
  const checkButton = useRef<HTMLButtonElement>(null)
  const changeButton = useRef<HTMLButtonElement>(null)
  // Where it can't be read which instance is in use, the one that serves the page is the first to look at.
  const instance = saved ?? (error == null ? undefined : backend.app)
  const facts = factsAbout(instance ?? backend.app, backend.app, deployment)
  const choosable = choosableInstances(deployment)
  const onChange = choosable === 'none' ? undefined : () => setChoosing(true)

  // What had the focus goes with the choice.
  const wasChoosing = useRef(false)
  useEffect(() => {
    if (wasChoosing.current && !isChoosing) (changeButton.current ?? title.current)?.focus()
    wasChoosing.current = isChoosing
  }, [isChoosing])

  function closeCheck(): void {
    setChecking(false)
    checkButton.current?.focus()
  }

  return (
    <ConnectionCheckProvider value={instance && (() => setChecking(true))}>
      <main aria-labelledby={titleId}>
        <header className="page-header">
          <div>
            <h1 id={titleId} ref={title} tabIndex={-1}>
              {texts.appName}
            </h1>
            <p>{texts.appPurpose}</p>
          </div>
          <div className="page-menu">
            <Button
              ref={checkButton}
              appearance="subtle"
              spacing="compact"
              isDisabled={!instance}
              onClick={() => setChecking(true)}
            >
              {texts.check.button}
            </Button>
            <ExternalLink href={`${docsOf(deployment)}/integration/jira/connect-app/`}>
              {texts.details.documentation}
            </ExternalLink>
          </div>
        </header>
        {deploymentError != null && <Failure error={deploymentError} facts={facts} />}
        {!instance && <LoadingPage />}
        {instance && (
          <SignInScope key={instance} instance={instance}>
            {isChecking && (
              <ConnectionCheckPanel
                instance={instance}
                knownClientId={knownClientIdOf(instance, backend.app, deployment) ?? undefined}
                facts={facts}
                onClose={closeCheck}
              />
            )}
            {error != null && (
              <>
                <Failure error={error} facts={facts} onRetry={() => void refetch()} retrying={isFetching} />
                {onChange && !isChoosing && <Button onClick={onChange}>{texts.choosing.useOther}</Button>}
              </>
            )}
            {isChoosing && (
              <ChooseInstance
                facts={facts}
                current={instance}
                choosable={choosable}
                appName={appNameOf(backend.app, deployment)}
                factsAbout={(other) => factsAbout(other, backend.app, deployment)}
                docs={docsOf(deployment)}
                guide={guide}
                onGuide={setGuide}
                onClose={() => setChoosing(false)}
              />
            )}
            {saved && !isChoosing && (
              <Instance
                instance={saved}
                deployment={deployment}
                onChange={onChange}
                changeButton={changeButton}
              />
            )}
          </SignInScope>
        )}
      </main>
    </ConnectionCheckProvider>
  )
}

/** A sign-in belongs to one instance and one visit, and ends with them. */
function SignInScope({ instance, children }: { instance: InstanceUrl; children: ReactNode }) {
  const { backend } = usePageContext()
  const [session] = useState(() => createSession(instance, backend.app))
  useEffect(() => {
    const end = () => void session.signOut()
    // The browser may keep a page that was left, and could show it again.
    addEventListener('pagehide', end)
    return () => {
      removeEventListener('pagehide', end)
      end()
    }
  }, [session])
  return <SessionProvider value={session}>{children}</SessionProvider>
}

interface InstanceProps {
  readonly instance: InstanceUrl
  readonly deployment: Deployment | undefined
  readonly onChange: (() => void) | undefined
  readonly changeButton: Ref<HTMLButtonElement>
}

/** The groups of one instance. */
function Instance({ instance, deployment, onChange, changeButton }: InstanceProps) {
  const { backend } = usePageContext()
  const { session, account } = useAccount()
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  // Kept here, so that it outlives a sign-in that ends in between.
  const [chosen, setChosen] = useState<readonly Group[]>([])
  const searchDraft = useRef('')
  const announce = useAnnounce()
  const listTitle = useRef<HTMLHeadingElement>(null)
  const wasSignedIn = useRef(false)
  const knownClientId = knownClientIdOf(instance, backend.app, deployment)
  const list = useQuery(linkedGroupsOptions(backend, instance))
  const listError = useSteadyError(list)
  // Where not even the list can be read, signing in would only fail for the same reason.
  const outOfReach = !list.data && listError instanceof GitLabUnreachableError
  // Asked for before the click on the sign-in button, which must open the window at once.
  const clientId = useQuery({
    ...clientIdOptions(instance, knownClientId ?? undefined),
    enabled: knownClientId !== null && !outOfReach,
  })
  const nameIsKnown = instance !== backend.app || deployment !== undefined
  const facts = useMemo(
    () => factsAbout(instance, backend.app, deployment, clientId.data),
    [instance, backend.app, deployment, clientId.data],
  )
  const { authorizedFetch } = session
  const link = useMutation(linkGroupOptions(backend, instance, authorizedFetch))
  const bulk = useBulkJob({
    backend,
    instance,
    authorizedFetch,
    concurrency: deployment?.concurrency,
    onLinked: afterLinking,
  })
  const isBusy = bulk.isBusy || link.isPending
  usePreloading(list.isFetched)

  useEffect(() => {
    if (account.status === 'signed-in') wasSignedIn.current = true
  }, [account.status])

  function choose(groups: readonly Group[]): void {
    setChosen(groups)
    link.reset()
  }

  /** What is linked leaves the choice; what is not stays, for another try. */
  function afterLinking(groups: readonly Group[]): void {
    const ids = new Set(groups.map(({ id }) => id))
    setChosen((before) => before.filter(({ id }) => !ids.has(id)))
    setNewGroupIds((before) => new Set([...before, ...ids]))
  }

  /** One group is linked without much ado; many get a panel of their own. */
  async function linkGroups(groups: readonly Group[]): Promise<void> {
    const [group] = groups
    link.reset()
    if (!group || groups.length > 1) return bulk.link(groups)
    bulk.close()
    try {
      await link.mutateAsync(group)
    } catch {
      // Shown below, and the choice is kept.
      return
    }
    announce(`${texts.linking.done(group.fullName)} ${texts.linking.whatNext}`)
    afterLinking([group])
  }

  return (
    <>
      <InstanceBar
        instanceName={nameIsKnown ? facts.instanceName : undefined}
        // Another instance would leave the groups that are still to come behind.
        onChange={bulk.isBusy ? undefined : onChange}
        changeButton={changeButton}
      />
      {account.status === 'signed-in' ? (
        <>
          <LinkGroups
            instance={instance}
            user={account.user}
            authorizedFetch={authorizedFetch}
            facts={facts}
            chosen={chosen}
            onChoose={choose}
            onLink={(groups) => void linkGroups(groups)}
            draft={searchDraft}
            busy={isBusy}
          />
          {link.error && (
            <Failure
              error={link.error}
              facts={facts}
              onRetry={() => void linkGroups([link.variables])}
              retrying={link.isPending}
            />
          )}
          {link.isSuccess && chosen.length === 0 && (
            <p className="success">
              <strong>{texts.linking.done(link.variables.fullName)}</strong> {texts.linking.whatNext}{' '}
              <ExternalLink href={`${docsOf(deployment)}/integration/jira/connect-app/`}>
                {texts.linking.whatIsSent}
              </ExternalLink>
            </p>
          )}
        </>
      ) : (
        !outOfReach && (
          <SignIn
            clientId={clientId}
            facts={facts}
            onChange={list.data?.length === 0 ? onChange : undefined}
            afterSignOut={wasSignedIn.current}
          />
        )
      )}
      {bulk.missing && <Failure error={bulk.missing.error} facts={facts} onRetry={bulk.missing.tryAgain} />}
      {bulk.job && (
        <BulkPanel
          // Each job begins with the focus on its title.
          key={bulk.jobNumber}
          job={bulk.job}
          facts={facts}
          docs={docsOf(deployment)}
          canGoOn={account.status === 'signed-in'}
          onClose={() => {
            bulk.close()
            listTitle.current?.focus()
          }}
        />
      )}
      <LinkedGroups
        instance={instance}
        facts={facts}
        newGroupIds={newGroupIds}
        isBusy={bulk.isBusy}
        onUnlinkMany={(groups) => void bulk.unlink(groups)}
        title={listTitle}
      />
    </>
  )
}

/** Loads what comes late once the list stands and the browser has nothing better to do. */
function usePreloading(listStands: boolean): void {
  useEffect(() => {
    if (!listStands) return
    const late = [
      loadSignIn,
      loadLinkGroups,
      loadBulkPanel,
      loadSelectionBar,
      loadBulkWrites,
      loadChooseInstance,
      loadConnectionCheck,
    ]
    const preload = () => void Promise.allSettled(late.map((load) => load()))
    // Safari has no idle callback.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(preload, 200)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(preload)
    return () => cancelIdleCallback(idle)
  }, [listStands])
}
