/** Why a sign-in ended, or didn't begin. */
export type SignInFailureCode =
  | 'popup-blocked'
  | 'popup-closed'
  | 'sign-in-cancelled'
  | 'sign-in-denied'
  | 'authorization-failed'
  | 'issuer-mismatch'
  | 'client-refused'
  | 'token-request-failed'
  | 'token-endpoint-unreachable'
  | 'token-endpoint-busy'
  | 'session-expired'
  /** The code for signing in didn't load. */
  | 'part-missing'

export type SignInClue =
  /**
   * `popup-closed`: the window was gone so soon after it had been sent to GitLab that more likely the browser disconnected
   * it than a person closed it.
   */
  | 'cut-off-early'
  /** `token-endpoint-unreachable`: there was no response that the page could read. */
  | 'no-response'
  /** `token-endpoint-unreachable`: there was none in time. */
  | 'too-slow'

/** Signing in ended without an access token, or the sign-in is no longer valid. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: SignInFailureCode
  /** GitLab's own message, if there was one. */
  readonly gitlabMessage: string | undefined
  readonly clue: SignInClue | undefined

  /** Takes no cause: what the OAuth library throws can contain tokens or the expected state. */
  constructor(code: SignInFailureCode, gitlabMessage?: string, clue?: SignInClue) {
    super(`Signing in to GitLab failed: ${code}`)
    this.code = code
    this.gitlabMessage = gitlabMessage
    this.clue = clue
  }
}
