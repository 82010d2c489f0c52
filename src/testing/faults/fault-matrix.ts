import type { MutationOptions, QueryClient } from '@tanstack/react-query'
import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { createQueryClient } from '#src/app/query-client.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readUser } from '#src/gitlab/instance/user.ts'
import { groupsPageOptions } from '#src/gitlab/linkable-groups/linkable-group-queries.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import type { SessionWorld } from '#src/testing/signed-in-session.ts'
import { startSession } from '#src/testing/signed-in-session.ts'
import { APP_URL } from '#src/testing/world.ts'
import { failures } from '#src/texts/failures.ts'
import type { Fault } from './faults.ts'
import { faults } from './faults.ts'

export interface Kit extends SessionWorld {
  readonly client: QueryClient
  readonly backend: Backend
}

/** One request that the page makes, and the part of the page that makes it. */
export interface Operation {
  readonly request: string
  readonly sameOrigin?: boolean
  /** Whether GitLab changes something. Such a request is never repeated blindly. */
  readonly writes?: boolean
  /** Whether Jira's token is in a header, which something in front of GitLab may refuse: it's then sent in the URL. */
  readonly tokenInHeader?: boolean
  /** Whether it needs a sign-in. */
  readonly signedIn?: boolean
  /** What comes before, without the fault. */
  prepare?(kit: Kit): Promise<unknown>
  /** Rejects with the failure that the page shows. */
  run(kit: Kit): Promise<unknown>
  /** Faults despite which it succeeds, each with the reason. */
  readonly succeedsIn?: Readonly<Record<string, string>>
}

const app = parseInstanceUrl(APP_URL)

export function firstSubscriptionId({ gitlab }: Kit['world']): string {
  return String([...gitlab.store.subscriptions.keys()][0])
}

export async function signIn({ session, startSignIn, popup }: Kit): Promise<void> {
  const signedIn = startSignIn()
  await popup.authorize()
  await signedIn
  const account = session.getAccount()
  if (account.status === 'signed-out') throw account.failure
}

/** As the page asks for once the sign-in has ended: also where new tokens were issued, and got lost on their way. */
export async function signInAgain(kit: Kit): Promise<void> {
  await readUser(kit.instance, kit.session.authorizedFetch).catch(() => undefined)
  if (kit.session.getAccount().status === 'signed-out') await signIn(kit)
}

export function searchGroups({ client, instance, session }: Kit) {
  const user = { id: 2, username: 'amira', name: 'Amira Haddad', isAdministrator: false }
  const source = { instance, user, authorizedFetch: session.authorizedFetch, topLevelOnly: false }
  return client.fetchQuery({ ...groupsPageOptions(source, '', 1), staleTime: 0 })
}

export function mutate<D, T>(client: QueryClient, options: MutationOptions<D, Error, T>, variables: T) {
  return client.getMutationCache().build(client, options).execute(variables)
}

/** Longer than all time limits and pauses of one operation added up. */
const LONGEST_WAIT_SECONDS = 200

const realTimers = { setTimeout }

/** Fake time for each test of a file. It passes only by {@link withTimePassing}. */
export function fakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    // Fake timers don't cover the platform's own timer.
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms)
      return controller.signal
    })
  })

  afterEach(() => {
    vi.useRealTimers()
  })
}

/** Lets time pass, far faster than it does, until it is settled. */
export async function withTimePassing<T>(promise: Promise<T>, secondsAtOnce = 0.2): Promise<T> {
  let settled = false
  const end = () => {
    settled = true
  }
  promise.then(end, end)
  for (let seconds = 0; !settled; seconds += secondsAtOnce) {
    if (seconds > LONGEST_WAIT_SECONDS) throw new Error('There is no outcome, and no time limit.')
    await new Promise((resolve) => realTimers.setTimeout(resolve, 4))
    if (!settled) await vi.advanceTimersByTimeAsync(secondsAtOnce * 1_000)
  }
  return promise
}

/** A row of cells for each operation: the faults that can happen to it, and how to try one. */
export function matrixOf(operations: Readonly<Record<string, Operation>>) {
  const cells = new Map(
    Object.entries(operations).map(([name, { sameOrigin }]) => [
      name,
      faults.filter(({ crossOriginOnly }) => !(crossOriginOnly && sameOrigin)),
    ]),
  )
  const meet = (name: string, fault: Fault) => runUnder(fault, operations[name] as Operation)
  return { cells, meet }
}

async function runUnder(fault: Fault, operation: Operation): Promise<string> {
  const kit = await withTimePassing(startKit())
  const { world } = kit
  const list = new QueryObserver(kit.client, linkedGroupsOptions(kit.backend, kit.instance))
  const stop = list.subscribe(() => undefined)
  const request = operation.request.replace(':id', firstSubscriptionId(world))
  let broken = false
  world.answer(request, (next) => (broken ? fault.answer(next) : next()))
  if (operation.signedIn) await withTimePassing(signIn(kit))
  await withTimePassing(kit.client.fetchQuery(linkedGroupsOptions(kit.backend, kit.instance)))
  await operation.prepare?.(kit)
  const sentBefore = world.asked(request).length

  broken = true
  let outcome = 'succeeds'
  try {
    await withTimePassing(operation.run(kit), fault.isSilent ? 2 : 0.2)
    expect(operation.succeedsIn ?? {}).toHaveProperty([fault.name])
  } catch (error) {
    if (operation.succeedsIn?.[fault.name]) throw error
    outcome = codeOf(error)
    expect(failures, String(error)).toHaveProperty([outcome])
    expect(outcome, String(error)).not.toBe('unknown')
  }
  const sent = world.asked(request).length - sentBefore
  const mayBeRepeated =
    !operation.writes ||
    isCertainRefusal(outcome) ||
    (operation.tokenInHeader && /^(401|403 HTML)\b/.test(fault.name))
  expect(sent).toBeLessThanOrEqual(mayBeRepeated ? 2 : 1)
  // What was there stays there.
  expect(list.getCurrentResult().data).toBeDefined()

  broken = false
  if (operation.signedIn) await withTimePassing(signInAgain(kit))
  await withTimePassing(operation.run(kit))
  stop()
  kit.client.clear()
  return outcome
}

/** GitLab has said that it did nothing, so that a new token may be tried. */
function isCertainRefusal(code: string): boolean {
  return [
    'context-token-refused',
    'access-token-refused',
    'access-token-missing',
    'session-expired',
  ].includes(code)
}

export async function startKit(): Promise<Kit> {
  const kit = await startSession()
  const { jira } = kit.world
  return {
    ...kit,
    client: createQueryClient(),
    backend: createConnectBackend(app, async () => jira.contextToken()),
  }
}
