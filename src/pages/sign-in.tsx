import Button from '@atlaskit/button/new'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import type { InstanceUrl } from '#src/gitlab/instance-url.ts'
import { clientIdOptions } from '#src/gitlab/queries.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { FailureFacts } from '#src/texts/en.ts'
import { texts } from '#src/texts/en.ts'
import { useAnnounce } from './announcements.tsx'
import { Failure } from './failure.tsx'
import { useSteadyError } from './steady-error.ts'

interface SignInProps {
  readonly instance: InstanceUrl
  /** The client id that the deployment names; null while that is not known yet. */
  readonly knownClientId: string | undefined | null
  readonly facts: FailureFacts
  /** Somebody was signed in until now. */
  readonly afterSignOut: boolean
}

/** Signing in to GitLab, and what can go wrong with it. */
export function SignIn({ instance, knownClientId, facts, afterSignOut }: SignInProps) {
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const titleId = useId()
  const button = useRef<HTMLButtonElement>(null)
  // Asked for before the click, which must open the window at once.
  const clientId = useQuery({
    ...clientIdOptions(instance, knownClientId ?? undefined),
    enabled: knownClientId !== null,
  })
  const clientIdError = useSteadyError(clientId)
  const signingIn = account.status === 'signing-in'
  const failure = account.status === 'signed-out' ? account.failure : undefined

  function signIn(): void {
    void session.signIn(clientId.data === undefined ? waitForClientId() : Promise.resolve(clientId.data))
  }

  async function waitForClientId(): Promise<string> {
    const { data, error } = await clientId.refetch({ cancelRefetch: false })
    if (data === undefined) throw error
    return data
  }

  // The button comes back where the waiting or the choice of a group was: focus must not be lost with it.
  const waited = useRef(afterSignOut)
  useEffect(() => {
    if (signingIn) announce(texts.signIn.waiting)
    else if (waited.current) button.current?.focus()
    waited.current = signingIn
  }, [signingIn, announce])

  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{texts.signIn.title}</h2>
      {signingIn ? (
        <div className="waiting">
          <p>
            <strong>{texts.signIn.inWindow}</strong> {texts.signIn.inWindowHelp}
          </p>
          <div className="actions">
            <Button onClick={session.showWindow}>{texts.signIn.showWindow}</Button>
            <Button appearance="subtle" onClick={session.cancelSignIn}>
              {texts.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <>
          <p>{texts.signIn.reason}</p>
          {clientIdError != null ? (
            <Failure
              error={clientIdError}
              facts={facts}
              onRetry={() => void clientId.refetch()}
              retrying={clientId.isFetching}
            />
          ) : (
            <>
              <div className="actions">
                <Button
                  ref={button}
                  appearance="primary"
                  isDisabled={knownClientId === null}
                  onClick={signIn}
                >
                  {texts.signIn.button(facts.instanceName)}
                </Button>
              </div>
              {failure !== undefined && !wasCancelled(failure) && <Failure error={failure} facts={facts} />}
            </>
          )}
        </>
      )}
    </section>
  )
}

/** Whoever cancels knows that they did. */
function wasCancelled(failure: unknown): boolean {
  return failure instanceof SignInError && failure.code === 'sign-in-cancelled'
}
