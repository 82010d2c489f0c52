import Button from '@atlaskit/button/new'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { SessionProvider, useAccount } from '#src/account/account-context.tsx'
import { createSession, loadSignIn } from '#src/account/session.ts'
import { GitLabUnreachableError } from '#src/gitlab/errors.ts'
import type { Group } from '#src/gitlab/groups.ts'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import { displayName, redirectUri } from '#src/gitlab/instance-url.ts'
import { instanceOptions, linkedGroupsOptions } from '#src/gitlab/queries.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Failure } from './failure.tsx'
import { LinkedGroups, LoadingRows } from './linked-groups.tsx'
import { usePageContext } from './page-context.tsx'
import { SignIn } from './sign-in.tsx'
import { useSteadyError } from './steady-error.ts'

const loadLinkGroups = () => import('./link-groups.tsx')
const LinkGroups = lazy(async () => ({ default: (await loadLinkGroups()).LinkGroups }))

/** What the deployment says about itself. */
interface Deployment {
  readonly clientId?: string | undefined
  readonly appName?: string | undefined
}

interface ConfigurationPageProps {
  /** Undefined while it is being read. */
  readonly deployment: Deployment | undefined
  /** Why the deployment's settings could not be read. */
  readonly deploymentError: unknown
}

/** The configuration page: linked groups at once, signing in and linking beside them. */
export function ConfigurationPage({ deployment, deploymentError }: ConfigurationPageProps) {
  const { backend } = usePageContext()
  const reading = useQuery(instanceOptions(backend))
  const { data: instance, refetch, isFetching } = reading
  const error = useSteadyError(reading)
  const titleId = useId()
  const facts = factsAbout(instance ?? backend.app, backend.app, deployment)

  return (
    <main aria-labelledby={titleId}>
      <header className="page-header">
        <h1 id={titleId}>{texts.appName}</h1>
        <p>{texts.appPurpose}</p>
      </header>
      {deploymentError != null && <Failure error={deploymentError} facts={facts} />}
      {error != null && (
        <Failure error={error} facts={facts} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {instance && <InstancePart key={instance} instance={instance} facts={facts} deployment={deployment} />}
      {!instance && error == null && <LoadingPage />}
    </main>
  )
}

interface InstancePartProps {
  readonly instance: InstanceUrl
  readonly facts: FailureFacts
  readonly deployment: Deployment | undefined
}

/** Everything that belongs to one instance. */
function InstancePart({ instance, facts, deployment }: InstancePartProps) {
  const { backend } = usePageContext()
  const [session] = useState(() => createSession(instance, backend.app))
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  const isApp = instance === backend.app
  const list = useQuery(linkedGroupsOptions(backend, instance))
  const listError = useSteadyError(list)
  // Where not even the list can be read, signing in would only fail for the same reason.
  const outOfReach = !list.data && listError instanceof GitLabUnreachableError
  usePreloading(list.isFetched)

  return (
    <SessionProvider value={session}>
      <InstanceBar facts={facts} nameIsKnown={!isApp || deployment !== undefined} />
      {!outOfReach && (
        <Linking
          instance={instance}
          facts={facts}
          knownClientId={knownClientId(isApp, deployment)}
          onLinked={(group) => setNewGroupIds((ids) => new Set(ids).add(group.id))}
        />
      )}
      <LinkedGroups instance={instance} facts={facts} newGroupIds={newGroupIds} />
    </SessionProvider>
  )
}

/** Only the deployment's own instance is signed in to with the deployment's client id. */
function knownClientId(isApp: boolean, deployment: Deployment | undefined): string | undefined | null {
  if (!isApp) return undefined
  return deployment ? deployment.clientId : null
}

interface LinkingProps {
  readonly instance: InstanceUrl
  readonly facts: FailureFacts
  readonly knownClientId: string | undefined | null
  readonly onLinked: (group: Group) => void
}

function Linking({ instance, facts, knownClientId, onLinked }: LinkingProps) {
  const { session, account } = useAccount()
  // Kept here, so that it outlives a sign-in that ends in between.
  const [chosen, setChosen] = useState<Group | null>(null)
  const wasSignedIn = useRef(false)
  useEffect(() => {
    if (account.status === 'signed-in') wasSignedIn.current = true
  }, [account.status])
  if (account.status !== 'signed-in')
    return (
      <SignIn
        instance={instance}
        knownClientId={knownClientId}
        facts={facts}
        afterSignOut={wasSignedIn.current}
      />
    )
  return (
    <ErrorBoundary fallback={(error, tryAgain) => <Failure error={error} facts={facts} onRetry={tryAgain} />}>
      <Suspense fallback={<LoadingLinking />}>
        <LinkGroups
          instance={instance}
          user={account.user}
          authorizedFetch={session.authorizedFetch}
          facts={facts}
          chosen={chosen}
          onChoose={setChosen}
          onLinked={onLinked}
        />
      </Suspense>
    </ErrorBoundary>
  )
}

/** Which instance this Jira site uses, and who is signed in to it. */
function InstanceBar({ facts, nameIsKnown }: { facts: FailureFacts; nameIsKnown: boolean }) {
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const user = account.status === 'signed-in' ? account.user : undefined

  const greeted = useRef<string>(undefined)
  useEffect(() => {
    if (user && greeted.current !== user.username) announce(texts.account.signedInAs(user.username))
    greeted.current = user?.username
  }, [user, announce])

  function signOut(): void {
    announce(texts.account.signedOut)
    void session.signOut()
  }

  return (
    <div className="instance-bar">
      <p>
        {texts.instance}{' '}
        {nameIsKnown ? (
          <strong>{facts.instanceName}</strong>
        ) : (
          <span className="skeleton skeleton-name" aria-hidden="true" />
        )}
      </p>
      {user && (
        <p className="signed-in">
          <span>
            {texts.account.signedInAs(user.username)} (<bdi>{user.name}</bdi>)
          </span>
          <Button appearance="subtle" spacing="compact" onClick={signOut}>
            {texts.account.signOut}
          </Button>
        </p>
      )}
    </div>
  )
}

function LoadingPage() {
  return (
    <div role="status" aria-label={texts.loading}>
      <div className="instance-bar" aria-hidden="true">
        <p>
          <span className="skeleton skeleton-path" />
        </p>
      </div>
      <LoadingLinking />
      <LoadingRows />
    </div>
  )
}

function LoadingLinking() {
  return (
    <div className="loading-linking" aria-hidden="true">
      <span className="skeleton skeleton-name" />
      <span className="skeleton skeleton-field" />
    </div>
  )
}

/** Loads what signing in and linking need, once the list stands and the browser has nothing better to do. */
function usePreloading(listStands: boolean): void {
  useEffect(() => {
    if (!listStands) return
    const preload = () => void Promise.all([loadSignIn(), loadLinkGroups()]).catch(() => undefined)
    // Safari has no idle callback.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(preload, 200)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(preload)
    return () => cancelIdleCallback(idle)
  }, [listStands])
}

function factsAbout(
  instance: InstanceUrl,
  app: InstanceUrl,
  deployment: Deployment | undefined,
): FailureFacts {
  const appName = deployment?.appName ?? (displayName(app) === 'gitlab.com' ? 'GitLab.com' : undefined)
  return {
    instanceName: instance === app && appName ? appName : displayName(instance),
    instanceUrl: instance,
    appUrl: app,
    redirectUri: redirectUri(app).href,
  }
}
