import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useId, useRef } from 'react'
import { useAccount } from '#src/account/account-context.tsx'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { wasCanceled } from '#src/pages/failure/failure-code.ts'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { Button } from '#src/pages/parts/button.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './sign-in.module.css'

interface SignInProps {
  readonly clientId: UseQueryResult<string>
  /** Offered while nothing is linked, when this might be the wrong instance. */
  readonly onChange: (() => void) | undefined
  readonly isChangeDisabled: boolean
  /** Whether a user was signed in before. */
  readonly afterSignOut: boolean
}

/** Signing in to GitLab, and what can go wrong with it. */
export function SignIn({ clientId, onChange, isChangeDisabled, afterSignOut }: SignInProps) {
  const { facts: instanceFacts } = useInstance()
  // The Application ID, to compare with the OAuth application.
  const facts = { ...instanceFacts, clientId: clientId.data }
  const { session, account } = useAccount()
  const announce = useAnnounce()
  const titleId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const clientIdError = useSteadyError(clientId)
  const signingIn = account.status === 'signing-in'
  const failure = account.status === 'signed-out' ? account.failure : undefined

  function signIn(): void {
    // After a failure, an administrator might have corrected the client id.
    const isKnown = clientId.data !== undefined && failure === undefined
    void session.signIn(isKnown ? Promise.resolve(clientId.data) : waitForClientId())
  }

  async function waitForClientId(): Promise<string> {
    const reading = await clientId.refetch({ cancelRefetch: false })
    if (!reading.isSuccess) throw reading.error
    return reading.data
  }

  // The button reappears where the waiting message or the group search was, and takes over their focus.
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
        <div className={styles.waiting}>
          <p>
            <strong>{texts.signIn.inWindow}</strong> {texts.signIn.inWindowHelp}
          </p>
          <Actions>
            <Button onClick={session.showWindow}>{texts.signIn.showWindow}</Button>
            <Button appearance="subtle" onClick={session.cancelSignIn}>
              {texts.cancel}
            </Button>
          </Actions>
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
              <Actions>
                <Button
                  ref={button}
                  appearance="primary"
                  disabled={clientId.isPending && !clientId.isFetching}
                  onClick={signIn}
                >
                  {texts.signIn.button({ instanceName: facts.instanceName })}
                </Button>
                {onChange && (
                  <Button appearance="subtle" disabled={isChangeDisabled} onClick={onChange}>
                    {texts.choosing.useOther}
                  </Button>
                )}
              </Actions>
              {failure !== undefined && !wasCanceled(failure) && <Failure error={failure} facts={facts} />}
            </>
          )}
        </>
      )}
    </section>
  )
}
