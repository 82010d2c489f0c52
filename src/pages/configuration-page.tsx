import Button from '@atlaskit/button/new'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { SessionProvider, useAccount } from '#src/account/account-context.tsx'
import { createSession, loadSignIn } from '#src/account/session.ts'
import { GitLabUnreachableError } from '#src/gitlab/errors.ts'
import type { Group } from '#src/gitlab/groups.ts'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import {
  clientIdOptions,
  instanceOptions,
  linkedGroupsOptions,
  linkGroupOptions,
} from '#src/gitlab/queries.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
import { ConnectionCheckProvider } from './connection-check-context.ts'
import type { Deployment } from './deployment.ts'
import { appNameOf, choosableInstances, docsOf, factsAbout, knownClientIdOf } from './deployment.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { ExternalLink } from './external-link.tsx'
import { Failure } from './failure.tsx'
import { InstanceBar } from './instance-bar.tsx'
import { LinkedGroups } from './linked-groups.tsx'
import { LoadingLinking, LoadingPage } from './loading.tsx'
import { usePageContext } from './page-context.tsx'
import { SignIn } from './sign-in.tsx'
import { useSteadyError } from './steady-error.ts'

const loadLinkGroups = () => import('./link-groups.tsx')
const loadChooseInstance = () => import('./instance/choose-instance.tsx')
const loadConnectionCheck = () => import('./connection-check.tsx')
const LinkGroups = lazy(async () => ({ default: (await loadLinkGroups()).LinkGroups }))
const ChooseInstance = lazy(async () => ({ default: (await loadChooseInstance()).ChooseInstance }))
const ConnectionCheckPanel = lazy(async () => ({
  default: (await loadConnectionCheck()).ConnectionCheckPanel,
}))

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
  const titleId = useId()
  // Where it can't be read which instance is in use, the one that serves the page is the first to look at.
  const instance = saved ?? (error == null ? undefined : backend.app)
  const facts = factsAbout(instance ?? backend.app, backend.app, deployment)
  const choosable = choosableInstances(deployment)
  const onChange = choosable === 'none' ? undefined : () => setChoosing(true)

  return (
    <ConnectionCheckProvider value={instance && (() => setChecking(true))}>
      <main aria-labelledby={titleId}>
        <header className="page-header">
          <div>
            <h1 id={titleId}>{texts.appName}</h1>
            <p>{texts.appPurpose}</p>
          </div>
          <div className="page-menu">
            <Button
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
              <Late facts={facts}>
                <ConnectionCheckPanel
                  instance={instance}
                  knownClientId={knownClientIdOf(instance, backend.app, deployment) ?? undefined}
                  facts={facts}
                  onClose={() => setChecking(false)}
                />
              </Late>
            )}
            {error != null && (
              <>
                <Failure error={error} facts={facts} onRetry={() => void refetch()} retrying={isFetching} />
                {onChange && !isChoosing && <Button onClick={onChange}>{texts.choosing.useOther}</Button>}
              </>
            )}
            {isChoosing && (
              <Late facts={facts}>
                <ChooseInstance
                  current={instance}
                  choosable={choosable}
                  appName={appNameOf(backend.app, deployment)}
                  factsAbout={(other) => factsAbout(other, backend.app, deployment)}
                  docs={docsOf(deployment)}
                  onClose={() => setChoosing(false)}
                />
              </Late>
            )}
            {saved && !isChoosing && (
              <Instance instance={saved} deployment={deployment} onChange={onChange} />
            )}
          </SignInScope>
        )}
      </main>
    </ConnectionCheckProvider>
  )
}

/** A sign-in belongs to one instance, and ends with it. */
function SignInScope({ instance, children }: { instance: InstanceUrl; children: ReactNode }) {
  const { backend } = usePageContext()
  const [session] = useState(() => createSession(instance, backend.app))
  useEffect(() => () => void session.signOut(), [session])
  return <SessionProvider value={session}>{children}</SessionProvider>
}

interface InstanceProps {
  readonly instance: InstanceUrl
  readonly deployment: Deployment | undefined
  readonly onChange: (() => void) | undefined
}

/** The groups of one instance. */
function Instance({ instance, deployment, onChange }: InstanceProps) {
  const { backend } = usePageContext()
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const [newGroupIds, setNewGroupIds] = useState<ReadonlySet<number>>(new Set())
  // Kept here, so that it outlives a sign-in that ends in between.
  const [chosen, setChosen] = useState<readonly Group[]>([])
  const link = useMutation(linkGroupOptions(backend, instance, session.authorizedFetch))
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
  const facts = factsAbout(instance, backend.app, deployment, clientId.data)
  usePreloading(list.isFetched)

  useEffect(() => {
    if (account.status === 'signed-in') wasSignedIn.current = true
  }, [account.status])

  async function linkChosen(groups: readonly Group[]): Promise<void> {
    for (const group of groups) {
      try {
        await link.mutateAsync(group)
      } catch {
        // Shown below, and the choice is kept.
        return
      }
      setChosen((before) => before.filter(({ id }) => id !== group.id))
      announce(`${texts.linking.done(group.fullName)} ${texts.linking.whatNext}`)
      setNewGroupIds((ids) => new Set(ids).add(group.id))
    }
  }

  return (
    <>
      <InstanceBar instanceName={nameIsKnown ? facts.instanceName : undefined} onChange={onChange} />
      {account.status === 'signed-in' ? (
        <Late facts={facts}>
          <LinkGroups
            instance={instance}
            user={account.user}
            authorizedFetch={session.authorizedFetch}
            facts={facts}
            chosen={chosen}
            onChoose={(groups) => {
              setChosen(groups)
              link.reset()
            }}
            onLink={(groups) => void linkChosen(groups)}
            busy={link.isPending}
          />
          {link.error && chosen.length > 0 && (
            <Failure
              error={link.error}
              facts={facts}
              onRetry={() => void linkChosen(chosen)}
              retrying={link.isPending}
            />
          )}
          {link.isSuccess && chosen.length === 0 && (
            <p className="success">
              <strong>{texts.linking.done(link.variables.fullName)}</strong> {texts.linking.whatNext}
            </p>
          )}
        </Late>
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
      <LinkedGroups instance={instance} facts={facts} newGroupIds={newGroupIds} />
    </>
  )
}

/** A part whose code comes late: its shape meanwhile, and a way on where it does not come. */
function Late({ facts, children }: { facts: FailureFacts; children: ReactNode }) {
  return (
    <ErrorBoundary fallback={(error, tryAgain) => <Failure error={error} facts={facts} onRetry={tryAgain} />}>
      <Suspense fallback={<LoadingLinking />}>{children}</Suspense>
    </ErrorBoundary>
  )
}

/** Loads what comes late once the list stands and the browser has nothing better to do. */
function usePreloading(listStands: boolean): void {
  useEffect(() => {
    if (!listStands) return
    const late = [loadSignIn, loadLinkGroups, loadChooseInstance, loadConnectionCheck]
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
