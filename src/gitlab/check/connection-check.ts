import type { AuthorizedFetch, Exchange } from '#src/gitlab/client/client.ts'
import { watchExchanges } from '#src/gitlab/client/client.ts'
import { GitLabApiError, GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { readApplicationId } from '#src/gitlab/instance/application-id.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { isSupportedVersion, readVersion } from '#src/gitlab/instance/version.ts'
import { listGroups } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { unlessAborted } from '#src/http/unless-aborted.ts'

/** Everything between Jira and a linked group, in order. */
export const CHECK_STEPS = [
  'bridge',
  'app',
  'reachable',
  'cors',
  'application-id',
  'sign-in',
  'user',
  'version',
  'groups',
  'list',
  'jira-user',
] as const

export type CheckStep = (typeof CHECK_STEPS)[number]

interface Tried {
  readonly milliseconds: number
  /** The requests to GitLab that it took. */
  readonly exchanges: readonly Exchange[]
}

export type CheckVerdict =
  | (Tried & { readonly status: 'passed'; readonly detail?: string | undefined })
  | (Tried & { readonly status: 'failed'; readonly error: unknown })
  | { readonly status: 'unchecked'; readonly because: UncheckedReason }

/** A step that it depends on failed; or nothing failed so far, but the user isn't signed in. */
type UncheckedReason = 'earlier-failure' | 'signed-out'

/** The instance is older than the first version with which the app works. */
export class GitLabTooOldError extends Error {
  override readonly name = 'GitLabTooOldError'
  readonly code = 'gitlab-too-old'
}

export interface ConnectionCheck {
  readonly backend: Backend
  readonly instance: InstanceUrl
  /** The client ID that the deployment names for this instance, if any. */
  readonly knownClientId: string | undefined
  /** Undefined if the user isn't signed in. */
  readonly authorizedFetch: AuthorizedFetch | undefined
  /** What ended the last sign-in, if the user isn't signed in. */
  readonly signInFailure?: unknown
  readonly signal: AbortSignal
  /** Called once a step is decided. */
  readonly onVerdict: (step: CheckStep, verdict: CheckVerdict) => void
}

/** A path that no group can have, since GitLab reserves the dash. */
const IMPOSSIBLE_PATH = '-/connection-check'

/**
 * Tries each step in order, and reports each verdict as it comes. Changes nothing.
 * @throws the signal's reason when it aborts; what the steps throw is in the verdicts
 */
export async function checkConnection(check: ConnectionCheck): Promise<void> {
  const { backend, instance, knownClientId, authorizedFetch, signInFailure, signal, onVerdict } = check

  async function step(
    name: CheckStep,
    possible: boolean,
    attempt: () => Promise<string | undefined>,
    because: UncheckedReason = 'earlier-failure',
  ) {
    signal.throwIfAborted()
    if (!possible) {
      onVerdict(name, { status: 'unchecked', because })
      return false
    }
    const exchanges: Exchange[] = []
    const stopWatching = watchExchanges((exchange) => exchanges.push(exchange))
    const begun = performance.now()
    const tried = () => ({ milliseconds: Math.round(performance.now() - begun), exchanges })
    try {
      const detail = await unlessAborted(attempt(), signal)
      onVerdict(name, { status: 'passed', ...tried(), detail })
      return true
    } catch (error) {
      signal.throwIfAborted()
      onVerdict(name, { status: 'failed', ...tried(), error })
      return false
    } finally {
      stopWatching()
    }
  }

  const bridge = await step('bridge', true, async () => {
    await backend.checkHost()
    return undefined
  })
  const app = await step('app', bridge, async () => backend.readInstance(signal))

  // One request shows whether the instance responds, whether it allows this page, and whether it provides its application ID.
  let refusal: unknown
  const reachable = await step('reachable', true, async () => {
    refusal = await errorOf(readApplicationId(instance, signal))
    if (refusal instanceof GitLabUnreachableError && refusal.code !== 'cors-refused') throw refusal
    return undefined
  })
  const readable = await step('cors', reachable, async () => {
    if (refusal instanceof GitLabUnreachableError) throw refusal
    return undefined
  })
  const identified = await step('application-id', readable, async () => {
    // If the deployment names the ID, the instance doesn't have to.
    if (knownClientId === undefined && refusal !== undefined) throw refusal
    return undefined
  })

  // Each of these needs the one before. The API's own CORS rule doesn't depend on the instance's settings.
  const send = authorizedFetch
  const hasTried = send !== undefined || signInFailure !== undefined
  // Without the application ID, no one can sign in.
  const because = hasTried || !identified ? 'earlier-failure' : 'signed-out'
  const signedIn = await step(
    'sign-in',
    reachable && hasTried,
    async () => {
      if (!send) throw signInFailure
      await readVersion(instance, send, signal).catch(rethrowTokenRefusal)
      return undefined
    },
    because,
  )
  const readName = async () => send && `@${(await readUser(instance, send, signal)).username}`
  await step('user', signedIn, readName, because)
  await step(
    'version',
    signedIn,
    async () => {
      if (!send) return undefined
      const version = await readVersion(instance, send, signal)
      if (!isSupportedVersion(version)) throw new GitLabTooOldError(version)
      return version
    },
    because,
  )
  await step(
    'groups',
    signedIn,
    async () => {
      if (send)
        await listGroups(instance, { search: '', page: 1, everyGroup: false, authorizedFetch: send, signal })
      return undefined
    },
    because,
  )
  await step('list', app && readable, async () =>
    String((await backend.listLinkedGroups(instance, signal)).length),
  )
  await step(
    'jira-user',
    signedIn && app,
    async () => {
      if (send) await backend.linkGroup(instance, IMPOSSIBLE_PATH, send, signal).catch(acceptUnknownGroup)
      return undefined
    },
    app ? because : 'earlier-failure',
  )
}

/** GitLab looks the group up only after it has accepted the Jira user. */
function acceptUnknownGroup(error: unknown): void {
  if (!(error instanceof GitLabApiError) || error.code !== 'group-not-linkable') throw error
}

/** Here only the sign-in matters: other refusals don't fail this step. */
function rethrowTokenRefusal(error: unknown): void {
  if (error instanceof GitLabApiError && !error.code.startsWith('access-token')) return
  throw error
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
    return undefined
  } catch (error) {
    return error
  }
}
