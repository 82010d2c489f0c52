import { explainSilence } from '#src/gitlab/client/client.ts'
import { GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import { watchPolicy } from '#src/gitlab/diagnosis/content-policy.ts'
import { endpointOf } from '#src/gitlab/diagnosis/endpoint.ts'
import type { Clue } from '#src/gitlab/diagnosis/verdict.ts'
import { unlessAborted } from '#src/http/unless-aborted.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { OAuthClient } from '#src/oauth/token-requests.ts'

/** The instance responds to other requests, so that only the one for tokens is in question. */
const ONLY_THIS_REQUEST: ReadonlySet<Clue | undefined> = new Set(['only-writing', 'this-request', 'cut-off'])

/**
 * Has tokens requested. An instance that doesn't respond to anything isn't a matter of its token endpoint.
 * @returns what the request returns
 * @throws {GitLabUnreachableError} the instance doesn't respond, and why, as far as the page can find out
 * @throws what the request throws otherwise; the signal's reason once it aborts
 */
export async function explainingSilence<T>(
  { server }: OAuthClient,
  request: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const url = new URL(server.token_endpoint)
  const method = 'POST'
  const path = url.pathname
  const policy = watchPolicy(url)
  try {
    return await request()
  } catch (error) {
    const clue = error instanceof SignInError ? error.clue : undefined
    if (clue === 'too-slow') throw new GitLabUnreachableError({ code: 'gitlab-too-slow' }, path)
    if (clue !== 'no-response') throw error
    const asking = explainSilence({ url, method, endpoint: endpointOf(method, path), policy, signal })
    // It takes a while, which a user who cancels doesn't wait for.
    const verdict = await (signal ? unlessAborted(asking, signal) : asking)
    throw ONLY_THIS_REQUEST.has(verdict.clue) ? error : new GitLabUnreachableError(verdict, path)
  } finally {
    policy.stop()
  }
}
