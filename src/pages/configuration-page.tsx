import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode, Ref } from 'react'
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { SessionProvider, useAccount } from '#src/account/account-context.tsx'
import { createSession } from '#src/account/session.ts'
import { instanceOptions } from '#src/gitlab/instance/instance-queries.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { texts } from '#src/texts/texts.ts'
import { ConnectionCheckProvider } from './context/connection-check-context.ts'
import { useConnectAppDocs } from './context/documentation.ts'
import { environmentDetails } from './context/environment-details.ts'
import { InstanceProvider, useInstance, useInstanceContext } from './context/instance-context.ts'
import { usePageContext } from './context/page-context.ts'
import { Failure } from './failure/failure.tsx'
import { useSteadyError } from './failure/steady-error.ts'
import type { InstanceDraft } from './instance/instance-options.ts'
import type { GuideProgress } from './instance/set-up-guide.tsx'
import { InstanceScreens } from './instance-screens.tsx'
import { ConnectionCheckPanel } from './lazy-screens.ts'
import { LoadingPage } from './loading-page.tsx'
import { PageHeader } from './page-header.tsx'
import { Button } from './parts/button.tsx'
import { CopyTextButton } from './parts/copy/copy-button.tsx'
import { ExternalLink } from './parts/copy/external-link.tsx'
import { isFocusLost, useFocusBack } from './parts/focus.ts'
import { Notice } from './parts/notice.tsx'

interface ConfigurationPageProps {
  /** Why the deployment's settings could not be read. */
  readonly deploymentError: unknown
}

/** The configuration page: the linked groups right away, and sign-in, linking, and the choice of the instance next to them. */
export function ConfigurationPage({ deploymentError }: ConfigurationPageProps) {
  const { backend } = usePageContext()
  const reading = useQuery(instanceOptions(backend))
  const { data: saved, refetch, isFetching } = reading
  const error = useSteadyError(reading)
  const [isChecking, setChecking] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const [guide, setGuide] = useState<GuideProgress>({ isOpen: false, done: new Set() })
  // Outside the scope below, which begins again when it turns out that another instance is in use.
  const [draft, setDraft] = useState<InstanceDraft>({})
  /** The name of the instance that was saved last. */
  const [changed, setChanged] = useState<string>()
  const titleId = useId()
  const title = useRef<HTMLHeadingElement>(null)
  /** The button that opened the check: failures have one, too. */
  const checkOpener = useRef<HTMLElement>(null)
  const checkButton = useFocusBack(isChecking, undefined, checkOpener)
  const changeButton = useFocusBack(isChoosing, title)
  // If it can't be read which instance is in use, the one that serves the page is the first to look at.
  const instance = saved ?? (error == null ? undefined : backend.app)
  const context = useInstanceContext(instance ?? backend.app)
  // With the instance, everything below changes, and what had the focus is gone. Opening the page takes it from no one.
  const wasShown = useRef(false)
  useEffect(() => {
    if (wasShown.current && saved !== undefined && isFocusLost()) title.current?.focus()
    wasShown.current = instance !== undefined
  }, [saved, instance])
  // While another instance is being chosen, the check would be about the one in use, whatever came of the other.
  const onCheck = instance && !isChoosing ? check : undefined

  function check(): void {
    const { activeElement } = document
    checkOpener.current = activeElement instanceof HTMLButtonElement ? activeElement : null
    setChecking(true)
  }

  function choose(isOpen: boolean): void {
    setChoosing(isOpen)
    if (!isOpen) return
    setChanged(undefined)
    // It's about the instance that is about to be left.
    setChecking(false)
  }

  function closeNotice(): void {
    setChanged(undefined)
    changeButton.current?.focus()
  }

  return (
    <InstanceProvider value={context}>
      <ConnectionCheckProvider value={onCheck}>
        <main aria-labelledby={titleId}>
          <Header
            titleId={titleId}
            title={title}
            onCheck={onCheck}
            canCopy={instance !== undefined}
            checkButton={checkButton}
          />
          {deploymentError != null && <Failure error={deploymentError} />}
          {!instance && <LoadingPage />}
          {instance && (
            <SignInScope key={instance} instance={instance}>
              {isChecking && <ConnectionCheckPanel onClose={() => setChecking(false)} />}
              {changed !== undefined && (
                <ChangedNotice onClose={closeNotice} onDone={() => setChanged(undefined)}>
                  {texts.chooseInstance.changed({ name: changed })}
                </ChangedNotice>
              )}
              <InstanceScreens
                error={error}
                onRetry={() => void refetch()}
                isRetrying={isFetching}
                isKnown={saved !== undefined}
                isChoosing={isChoosing}
                onChoosing={choose}
                draft={draft}
                onDraft={setDraft}
                guide={guide}
                onGuide={setGuide}
                onChanged={(name) => {
                  // A check is about the instance before.
                  setChecking(false)
                  setChanged(name)
                }}
                changeButton={changeButton}
              />
            </SignInScope>
          )}
        </main>
      </ConnectionCheckProvider>
    </InstanceProvider>
  )
}

interface ChangedNoticeProps {
  readonly children: string
  readonly onClose: () => void
  /** Called when the next step is done. */
  readonly onDone: () => void
}

/** Says that another instance is in use now, until the next step is done. */
function ChangedNotice({ onDone, ...props }: ChangedNoticeProps) {
  const isSignedIn = useAccount().account.status === 'signed-in'
  const forget = useEffectEvent(onDone)
  useEffect(() => {
    if (isSignedIn) forget()
  }, [isSignedIn])
  return !isSignedIn && <Notice {...props} />
}

interface HeaderProps {
  readonly titleId: string
  readonly title: Ref<HTMLHeadingElement>
  /** Undefined while there is nothing to check. */
  readonly onCheck: (() => void) | undefined
  /** Whether there is an instance to copy details of. */
  readonly canCopy: boolean
  readonly checkButton: Ref<HTMLButtonElement>
}

function Header({ titleId, title, onCheck, canCopy, checkButton }: HeaderProps) {
  const documentation = useConnectAppDocs()
  const { facts } = useInstance()
  return (
    <PageHeader
      titleId={titleId}
      title={title}
      documentation={<ExternalLink href={documentation}>{texts.details.documentation}</ExternalLink>}
    >
      <Button
        ref={checkButton}
        appearance="subtle"
        spacing="compact"
        disabled={!onCheck}
        onClick={() => onCheck?.()}
      >
        {texts.check.button}
      </Button>
      <CopyTextButton isCompact isDisabled={!canCopy} text={() => environmentDetails(facts).join('\n')}>
        {texts.details.copy}
      </CopyTextButton>
    </PageHeader>
  )
}

/** A sign-in belongs to one instance and one visit, and ends with them. */
function SignInScope({ instance, children }: { instance: InstanceUrl; children: ReactNode }) {
  const { backend } = usePageContext()
  const client = useQueryClient()
  const [session] = useState(() => createSession(instance, backend.app))
  useEffect(() => {
    const end = () => void session.signOut()
    // The browser may keep the page after it is left (back/forward cache), and show it again.
    const readAgain = ({ persisted }: PageTransitionEvent) => {
      if (persisted) void client.invalidateQueries()
    }
    addEventListener('pagehide', end)
    addEventListener('pageshow', readAgain)
    return () => {
      removeEventListener('pagehide', end)
      removeEventListener('pageshow', readAgain)
      end()
    }
  }, [session, client])
  return <SessionProvider value={session}>{children}</SessionProvider>
}
