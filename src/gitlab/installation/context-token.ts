/** A token that is valid for less than this could expire before a slow server reads it. */
const MINIMUM_VALIDITY_MS = 60_000

/** Returns Jira's context token while it's valid, so that not every request needs a call to Jira. */
export interface ContextTokenSource {
  /**
   * @returns a token valid for at least another minute
   * @throws whatever the request to Jira threw
   */
  get(): Promise<string>
  /** Forgets this token because a server refused it; without an argument, forgets any token. */
  discard(token?: string): void
}

/** @param request asks Jira for a new token; never called while an earlier call is pending */
export function createContextTokenSource(request: () => Promise<string>): ContextTokenSource {
  let kept: { token: string; expiresAt: number } | undefined
  let pending: Promise<string> | undefined

  async function renew(): Promise<string> {
    const token = await request()
    kept = { token, expiresAt: expiryOf(token) }
    return token
  }

  return {
    async get() {
      if (kept && kept.expiresAt - Date.now() >= MINIMUM_VALIDITY_MS) return kept.token
      // Not inside `renew`, which ends before it returns if the request throws at once.
      pending ??= renew().finally(() => {
        pending = undefined
      })
      return pending
    },
    discard(token) {
      if (token === undefined || kept?.token === token) kept = undefined
    },
  }
}

/**
 * @returns the token's `exp` in milliseconds since the epoch; 0 if it can't be read, so that the token is used only once
 * @see RFC 7519 section 4.1.4
 */
function expiryOf(token: string): number {
  try {
    const payload: unknown = JSON.parse(
      atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
    )
    const { exp } = payload as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : 0
  } catch {
    return 0
  }
}
