import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GitLabApiError, GitLabUnreachableError } from '#src/gitlab/client/errors.ts'
import { meaningOf } from '#src/pages/bulk/failure-meaning.ts'
import type { BulkRunOptions } from './bulk-run.ts'
import { createBulkRun } from './bulk-run.ts'
import type { BulkRun } from './run-state.ts'

const PATH = '/api/v4/integrations/jira_connect/subscriptions'
const LATENCY_MS = 100

const limited = (retryAfter: string | null = null) => new GitLabApiError(429, PATH, undefined, { retryAfter })
const broken = () => new GitLabApiError(500, PATH, { message: '500 Internal Server Error' })
const lost = () => new GitLabUnreachableError({ code: 'gitlab-unreachable' }, PATH)
const alreadyLinked = () => new GitLabApiError(422, PATH, { message: 'Namespace has already been added' })
const notLinkable = () => new GitLabApiError(401, PATH, { message: 'Cannot find namespace.' })
const notAdministrator = () => new GitLabApiError(403, PATH, { message: 'The Jira user is not a site …' })
const sessionExpired = () => Object.assign(new Error(), { code: 'session-expired' })

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A run against a GitLab that takes a moment for each request, and fails as a test says. */
function startRun(
  size: number,
  options: Partial<BulkRunOptions<number>> = {},
  latencyOf: (item: number, attempt: number) => number = () => LATENCY_MS,
) {
  const world = {
    /** What was sent, oldest first, with the time since the start. */
    sent: [] as { item: number; at: number }[],
    most: 0,
    linked: new Set<number>(),
    stateReads: 0,
    /** The error that a request ends with; undefined for success. */
    fault: (_item: number, _attempt: number): unknown => undefined,
    stateFault: (): unknown => undefined,
  }
  const begun = Date.now()
  let underWay = 0
  const run = createBulkRun({
    items: Array.from({ length: size }, (_, index) => index + 1),
    async perform(item) {
      world.sent.push({ item, at: Date.now() - begun })
      underWay += 1
      world.most = Math.max(world.most, underWay)
      const attempt = world.sent.filter((one) => one.item === item).length
      await new Promise((resolve) => setTimeout(resolve, latencyOf(item, attempt)))
      underWay -= 1
      const error = world.fault(item, attempt)
      if (error !== undefined) throw error
      if (world.linked.has(item)) return { error: alreadyLinked(), ifTrue: 'already' }
      world.linked.add(item)
      return undefined
    },
    meaningOf,
    concurrency: 4,
    async readActualState() {
      world.stateReads += 1
      await new Promise((resolve) => setTimeout(resolve, LATENCY_MS))
      const error = world.stateFault()
      if (error !== undefined) throw error
      const linked = new Set(world.linked)
      return (item) => linked.has(item)
    },
    ...options,
  })
  return { run, world }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const resultOf = (run: BulkRun<number>, item: number) => run.getState().results.get(item)?.status
const itemsSent = ({ sent }: { sent: { item: number }[] }) => sent.map(({ item }) => item)

test('a GitLab that is read-only for a while pauses the run, which then continues by itself with everything', async () => {
  const { run, world } = startRun(5)
  let isReadOnly = true
  world.fault = () =>
    isReadOnly
      ? new GitLabApiError(403, PATH, {
          message: 'You cannot perform write operations on a read-only instance',
        })
      : undefined
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'paused', pause: { reason: 'asked-to-wait' } })
  expect(run.getState().counts).toMatchObject({ failed: 0, waiting: 5 })
  isReadOnly = false
  await pass(120_000)
  expect(run.getState()).toMatchObject({ status: 'finished' })
  expect(run.getState().counts).toMatchObject({ done: 5, failed: 0 })
})

test('does everything, a few at a time, in order', async () => {
  const { run, world } = startRun(10)
  expect(run.getState().status).toBe('running')
  await pass(3 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', isAtRest: true, pause: undefined })
  expect(run.getState().counts).toEqual({ waiting: 0, running: 0, done: 10, already: 0, failed: 0 })
  expect(world.most).toBe(4)
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(world.stateReads).toBe(0)
})

test('has as many under way at once as the option says', async () => {
  const { world } = startRun(10, { concurrency: 2 })
  await pass(10 * LATENCY_MS)
  expect(world.most).toBe(2)
})

test('has finished at once without items', () => {
  expect(startRun(0).run.getState()).toMatchObject({ status: 'finished', isAtRest: true })
})

test('reports each change, and estimates the remaining time from the time worked so far', async () => {
  const { run } = startRun(12)
  const seen: number[] = []
  const stop = run.subscribe(() => seen.push(run.getState().counts.done))
  expect(run.getState().remainingMs).toBeUndefined()
  await pass(LATENCY_MS)
  expect(run.getState().remainingMs).toBe(2 * LATENCY_MS)
  await pass(LATENCY_MS)
  expect(run.getState().remainingMs).toBe(LATENCY_MS)
  stop()
  await pass(LATENCY_MS)
  expect([...new Set(seen)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('counts what had been done already as a separate kind of success', async () => {
  const { run, world } = startRun(3)
  world.linked.add(2)
  await pass(LATENCY_MS)
  expect(run.getState().counts, 'until the list has been read').toMatchObject({
    done: 2,
    already: 0,
    running: 1,
  })
  await pass(LATENCY_MS)
  expect(run.getState().counts).toMatchObject({ done: 2, already: 1, failed: 0 })
  expect(world.stateReads).toBe(1)
})

test('goes on after items that fail for reasons of their own, however many there are', async () => {
  const { run, world } = startRun(8)
  world.fault = (item) => (item <= 6 ? notLinkable() : undefined)
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 2, failed: 6 } })
  expect(run.getState().results.get(1)).toMatchObject({ error: { code: 'group-not-linkable' } })
})

test('begins again with the failed items only, and keeps the rest', async () => {
  const { run, world } = startRun(5)
  world.fault = (item, attempt) => (item > 3 && attempt === 1 ? notLinkable() : undefined)
  await pass(2 * LATENCY_MS)
  expect(run.getState().counts).toMatchObject({ done: 3, failed: 2 })
  run.retryFailed()
  expect(run.getState()).toMatchObject({ status: 'running', counts: { done: 3, failed: 0, running: 2 } })
  expect(run.getState().remainingMs, 'estimated again').toBeUndefined()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 5, failed: 0 } })
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 5, 4, 5])
})

test('sends nothing more once it’s canceled, and lets requests under way finish', async () => {
  const { run, world } = startRun(10)
  await pass(LATENCY_MS / 2)
  run.cancel()
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: false, counts: { running: 4 } })
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: true })
  expect(run.getState().counts).toMatchObject({ done: 4, waiting: 6, failed: 0 })
  await pass(60_000)
  expect(world.sent).toHaveLength(4)
  expect(run.getState().remainingMs, 'nothing is left to wait for').toBeUndefined()
})

test('what fails while the run is canceled has failed, and wasn’t left out, even three in a row', async () => {
  const { run, world } = startRun(10)
  world.fault = notAcceptable
  await pass(LATENCY_MS / 2)
  run.cancel()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', counts: { failed: 4, waiting: 6 } })
})

test('can’t be retried before its requests have finished, nor during a pause', async () => {
  const { run, world } = startRun(10)
  world.fault = (item) => (item === 1 ? notLinkable() : item > 4 ? notAdministrator() : undefined)
  await pass(LATENCY_MS * 2)
  const paused = run.getState()
  expect(paused).toMatchObject({ pause: { reason: 'refused' }, counts: { failed: 1, waiting: 6 } })
  run.retryFailed()
  expect(run.getState()).toBe(paused)
  world.fault = () => undefined
  run.resume()
  run.cancel()
  run.retryFailed()
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: false, counts: { failed: 1 } })
})

test('resuming a run that isn’t paused changes nothing', async () => {
  const { run } = startRun(12)
  await pass(LATENCY_MS / 2)
  run.resume()
  await pass(2.5 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 12 } })
})

test('retries the failed items of a canceled run, and leaves those that weren’t sent, or not to any effect', async () => {
  const { run, world } = startRun(10)
  world.fault = (item, attempt) => {
    if (attempt > 1) return undefined
    return item === 2 ? notLinkable() : item === 3 ? sessionExpired() : undefined
  }
  await pass(LATENCY_MS / 2)
  run.cancel()
  await pass(LATENCY_MS)
  run.retryFailed()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', counts: { done: 3, waiting: 7, failed: 0 } })
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 2])
})

test('says why each request failed, not why the list couldn’t be read afterwards', async () => {
  const { run, world } = startRun(2)
  world.fault = (item) => (item === 1 ? lost() : broken())
  world.stateFault = notAdministrator
  await pass(LATENCY_MS / 2)
  run.cancel()
  await pass(2 * LATENCY_MS)
  expect(run.getState().results.get(1)).toMatchObject({ error: { code: 'gitlab-unreachable' } })
  expect(run.getState().results.get(2)).toMatchObject({ error: { code: 'gitlab-broken' } })
})

test('says of a request that waited for a token, and so was never sent, only why there was none', async () => {
  const { run, world } = startRun(1)
  const noToken = new GitLabUnreachableError({ code: 'gitlab-unreachable' }, '/gitlab/oauth/token')
  world.fault = () => noToken
  world.stateFault = lost
  await pass(LATENCY_MS / 2)
  run.cancel()
  await pass(2 * LATENCY_MS)
  expect(run.getState().results.get(1)).toEqual({ status: 'failed', error: noToken })
})

test('shows what keeps it from reading the list, once it is something else than before', async () => {
  const { run, world } = startRun(1)
  world.fault = lost
  world.stateFault = broken
  await pass(LATENCY_MS)
  expect(run.getState().pause).toMatchObject({ error: { code: 'gitlab-unreachable' } })
  await pass(LATENCY_MS)
  expect(run.getState().pause).toMatchObject({ reason: 'connection-lost', error: { code: 'gitlab-broken' } })
})

test('shows no wait that GitLab asked for while there is nothing to send', async () => {
  const { run, world } = startRun(2)
  world.fault = (item) => (item === 1 ? limited('30') : lost())
  world.stateFault = lost
  await pass(LATENCY_MS)
  expect(run.getState().pause?.reason).toBe('asked-to-wait')
  run.cancel()
  await pass(LATENCY_MS)
  expect(run.getState().counts).toMatchObject({ waiting: 1, failed: 1 })
  run.retryFailed()
  expect(run.getState()).toMatchObject({ status: 'running', pause: undefined })
})

test('reads the outcome of a request that was lost while it was canceled', async () => {
  const { run, world } = startRun(10)
  world.fault = (item) => {
    if (item > 2) return undefined
    if (item === 1) world.linked.add(item)
    return lost()
  }
  await pass(LATENCY_MS / 2)
  run.cancel()
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: true })
  expect(resultOf(run, 1)).toBe('done')
  expect(resultOf(run, 2)).toBe('failed')
  expect(world.sent).toHaveLength(4)
})

test('comes to rest when it’s canceled without a connection', async () => {
  const { run, world } = startRun(10)
  world.fault = lost
  world.stateFault = lost
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'paused', pause: { reason: 'connection-lost' } })
  run.cancel()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: true, pause: undefined })
  expect(run.getState().counts).toMatchObject({ failed: 4, waiting: 6, running: 0 })
})

test('waits as long as GitLab asks, then lets one go first, and counts nothing as failed', async () => {
  const { run, world } = startRun(20)
  let isLimited = false
  world.fault = () => (isLimited ? limited('30') : undefined)
  await pass(LATENCY_MS)
  isLimited = true
  await pass(LATENCY_MS)
  const { pause, status, counts } = run.getState()
  expect(status).toBe('paused')
  expect(pause).toMatchObject({ reason: 'asked-to-wait', until: Date.now() + 30_000 })
  expect(counts).toMatchObject({ done: 4, waiting: 16, failed: 0 })
  isLimited = false
  await pass(29_999)
  expect(world.sent).toHaveLength(8)
  await pass(1)
  expect(run.getState().status).toBe('running')
  expect(world.sent).toHaveLength(9)
  await pass(LATENCY_MS)
  expect(world.sent, 'two after the first success').toHaveLength(11)
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 20, failed: 0 } })
  expect(world.most).toBe(4)
})

test('waits longer each time if GitLab doesn’t say how long, up to a minute', async () => {
  const { run, world } = startRun(1)
  world.fault = () => limited()
  await pass(5 * 60_000)
  const waits = world.sent.map(
    ({ at }, index) => at - (world.sent[index - 1]?.at ?? -LATENCY_MS) - LATENCY_MS,
  )
  expect(waits).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  expect(resultOf(run, 1)).toBe('waiting')
})

test('counts refusals of several requests at once as one', async () => {
  const { run, world } = startRun(8)
  world.fault = () => limited()
  await pass(LATENCY_MS)
  expect(run.getState().pause?.until).toBe(Date.now() + 1000)
  await pass(1000 + LATENCY_MS)
  expect(run.getState().pause?.until).toBe(Date.now() + 2000)
  expect(world.sent).toHaveLength(5)
})

test('stops after ten minutes of waiting without a success, and goes on when the user resumes', async () => {
  const { run, world } = startRun(8)
  world.fault = () => limited()
  await pass(12 * 60_000)
  expect(run.getState()).toMatchObject({
    status: 'paused',
    isAtRest: true,
    pause: { reason: 'refused', error: { code: 'too-many-requests' } },
    counts: { failed: 0, waiting: 8 },
  })
  world.fault = () => undefined
  run.resume()
  await pass(4 * LATENCY_MS)
  expect(run.getState().status).toBe('finished')
})

test('pauses while GitLab can’t be reached, and goes on by itself once it can', async () => {
  const { run, world } = startRun(12)
  let isOut = false
  const fault = () => (isOut ? lost() : undefined)
  Object.assign(world, { fault, stateFault: fault })
  await pass(LATENCY_MS)
  isOut = true
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'paused', pause: { reason: 'connection-lost' } })
  expect(run.getState().pause?.error).toMatchObject({ code: 'gitlab-unreachable' })
  expect(run.getState().counts).toMatchObject({ done: 4, failed: 0 })
  expect(world.sent).toHaveLength(8)
  expect(world.stateReads, 'reads less and less often').toBeLessThan(10)
  isOut = false
  await pass(60_000 + 10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 12, failed: 0, already: 0 } })
})

test.each(['the browser is online again', 'the user resumes'])('goes on at once when %s', async (way) => {
  const { run, world } = startRun(4)
  let isOut = true
  const fault = () => (isOut ? lost() : undefined)
  Object.assign(world, { fault, stateFault: fault })
  await pass(60_000)
  const reads = world.stateReads
  isOut = false
  if (way.startsWith('the browser')) dispatchEvent(new Event('online'))
  else run.resume()
  await pass(5 * LATENCY_MS)
  expect(world.stateReads).toBe(reads + 1)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4 } })
})

test('reads the actual state before it sends anything twice', async () => {
  const { run, world } = startRun(4)
  world.fault = (item, attempt) => {
    if (attempt > 1 || item > 2) return undefined
    // The first request took effect, and only the response was lost.
    if (item === 1) world.linked.add(item)
    return lost()
  }
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4, already: 0, failed: 0 } })
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 2])
  expect(world.stateReads).toBe(1)
})

test('reads once, at the end, the outcome of requests that ended with a server error', async () => {
  const { run, world } = startRun(12)
  world.fault = (item) => {
    if (item % 4 !== 0) return undefined
    if (item === 8) world.linked.add(item)
    return broken()
  }
  await pass(3 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'running', isAtRest: false, counts: { failed: 3 } })
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 10, failed: 2 } })
  expect(resultOf(run, 8)).toBe('done')
  expect(world.stateReads).toBe(1)
  expect(world.sent).toHaveLength(12)
})

test('gives up on an item whose connection breaks each time, and goes on with the others', async () => {
  const { run, world } = startRun(6)
  world.fault = (item) => (item === 3 ? lost() : undefined)
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 5, failed: 1 } })
  expect(itemsSent(world).filter((item) => item === 3)).toHaveLength(3)
})

test.each([
  ['the Jira user isn’t an administrator', notAdministrator],
  ['GitLab doesn’t recognize the request', () => new GitLabApiError(404, PATH, undefined)],
  ['Jira isn’t responding', () => Object.assign(new Error(), { code: 'jira-silent' })],
])('stops at once if %s, shows that once, and keeps all items for another try', async (_why, error) => {
  const { run, world } = startRun(500)
  world.fault = (item) => (item > 8 ? error() : undefined)
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'refused' } })
  expect(run.getState().pause?.error).toMatchObject({ code: (error() as { code?: unknown }).code })
  expect(run.getState().counts).toEqual({ waiting: 492, running: 0, done: 8, already: 0, failed: 0 })
  expect(world.sent).toHaveLength(12)
  world.fault = () => undefined
  run.resume()
  await pass(200 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 500 } })
})

test('tries with one item first after it was stopped', async () => {
  const { run, world } = startRun(20)
  world.fault = notAdministrator
  await pass(LATENCY_MS)
  run.resume()
  await pass(10 * LATENCY_MS)
  expect(world.sent).toHaveLength(5)
})

test.each([
  ['server error', broken],
  ['lost connection, though the list can be read', lost],
])('stops when three in a row end with the same %s', async (_what, error) => {
  const { run, world } = startRun(500)
  world.fault = error
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'refused' } })
  expect(run.getState().counts).toMatchObject({ waiting: 500, failed: 0 })
  expect(world.sent.length).toBeLessThanOrEqual(12)
  world.fault = () => undefined
  run.resume()
  await pass(200 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 500, already: 0 } })
})

test('pauses when the sign-in ends, and goes on after the next one', async () => {
  const { run, world } = startRun(12)
  let isSignedIn = true
  world.fault = () => (isSignedIn ? undefined : sessionExpired())
  await pass(LATENCY_MS)
  isSignedIn = false
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'signed-out' } })
  expect(run.getState().pause?.error).toMatchObject({ code: 'session-expired' })
  expect(run.getState().counts).toMatchObject({ done: 4, waiting: 8, failed: 0 })
  expect(world.stateReads).toBe(0)
  isSignedIn = true
  run.resume()
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 12 } })
})

test('a lost sign-in outweighs a lost connection: it does not go on by itself', async () => {
  const { run, world } = startRun(4)
  world.fault = (item) => (item === 1 ? lost() : sessionExpired())
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'signed-out' } })
  expect(world.sent).toHaveLength(4)
})

test('leaves pauses out of the estimate, except for the rest of a pause whose end is known', async () => {
  const { run, world } = startRun(12)
  world.fault = (item, attempt) => (item === 5 && attempt === 1 ? limited('60') : undefined)
  await pass(2 * LATENCY_MS)
  // 7 of 12 in 200 ms.
  expect(run.getState().remainingMs).toBeCloseTo(60_000 + (5 * 200) / 7)
  await pass(60_000)
  expect(run.getState().remainingMs).toBeCloseTo((5 * 200) / 7)
  await pass(LATENCY_MS)
  expect(run.getState().remainingMs, 'of the time worked since, too').toBeCloseTo((1 * 300) / 11)
})

test('a clock that is set back during a wait makes it no longer', async () => {
  const { run, world } = startRun(3)
  world.fault = () => limited('30')
  await pass(LATENCY_MS)
  expect(run.getState().pause).toMatchObject({ reason: 'asked-to-wait' })
  world.fault = () => undefined
  vi.setSystemTime(Date.now() - 60 * 60_000)
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 3 } })
})

/** A computer that sleeps stops its timers, but not its clock. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms)
const NIGHT_MS = 8 * 60 * 60_000

test('a wait whose end the computer has slept through ends as soon as it wakes up', async () => {
  const { run, world } = startRun(3)
  world.fault = () => limited('1800')
  await pass(LATENCY_MS)
  expect(run.getState().pause).toMatchObject({ reason: 'asked-to-wait' })
  world.fault = () => undefined
  sleep(NIGHT_MS)
  await pass(10_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 3 } })
})

test.each([
  ['the computer slept', NIGHT_MS],
  ['the clock was set back', -NIGHT_MS],
])('the estimate knows the time worked also where %s in the middle of it', async (_what, jumpMs) => {
  const { run } = startRun(12)
  await pass(LATENCY_MS)
  sleep(jumpMs)
  await pass(LATENCY_MS)
  const { remainingMs = Number.NaN, counts } = run.getState()
  expect(counts).toMatchObject({ done: 8 })
  expect(remainingMs).toBeGreaterThan(0)
  expect(remainingMs).toBeLessThanOrEqual(60_000)
})

const PAST = 'Thu, 01 Jan 2015 00:00:00 GMT'

test.each(['0', PAST])(
  'never waits less than its own back-off, though GitLab asks to wait until “%s”',
  async (retryAfter) => {
    const { run, world } = startRun(100)
    world.fault = () => limited(retryAfter)
    await pass(60_000)
    expect(world.sent.length).toBeLessThan(12)
    expect(run.getState()).toMatchObject({ pause: { reason: 'asked-to-wait' }, counts: { failed: 0 } })
  },
)

test('a time that has passed, asked for by a request still under way, ends no wait early', async () => {
  const { world } = startRun(4)
  world.fault = (item, attempt) => (attempt > 1 ? undefined : limited(item === 1 ? '30' : '0'))
  await pass(LATENCY_MS + 29_999)
  expect(world.sent).toHaveLength(4)
  await pass(1)
  expect(world.sent).toHaveLength(5)
})

test('a wait that is asked for while there is no connection is kept once there is one again', async () => {
  const { run, world } = startRun(4, { concurrency: 2 })
  world.fault = (item, attempt) => (attempt > 1 || item > 2 ? undefined : item === 1 ? lost() : limited('30'))
  await pass(LATENCY_MS)
  expect(run.getState().pause?.reason, 'the first reason stays').toBe('connection-lost')
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'paused', pause: { reason: 'asked-to-wait' } })
  await pass(30_000 - 2 * LATENCY_MS - 1)
  expect(world.sent).toHaveLength(2)
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4 } })
})

test('waits as long as GitLab asks before it reads the list again, too, even if the browser goes online', async () => {
  const { world } = startRun(1)
  world.fault = lost
  world.stateFault = () => limited('30')
  await pass(2 * LATENCY_MS)
  dispatchEvent(new Event('online'))
  await pass(29_999)
  expect(world.stateReads).toBe(1)
  await pass(1)
  expect(world.stateReads).toBe(2)
})

test('says at once that it goes on, and is not at rest, while it reads the outcome of earlier requests', async () => {
  const { run, world } = startRun(4)
  world.fault = (item, attempt) => (attempt > 1 ? undefined : item < 4 ? broken() : notAdministrator())
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'refused' } })
  const heard = vi.fn()
  run.subscribe(heard)
  run.resume()
  expect(heard).toHaveBeenCalled()
  expect(run.getState()).toMatchObject({ status: 'running', isAtRest: false, pause: undefined })
})

const notAcceptable = () => new GitLabApiError(406, PATH, { message: '406 Not Acceptable' })

test('stops when three in a row are refused for the same unknown reason, and lets the others go first afterwards', async () => {
  const { run, world } = startRun(300)
  world.fault = (item) => (item <= 3 ? notAcceptable() : undefined)
  await pass(60_000)
  expect(run.getState()).toMatchObject({
    status: 'paused',
    pause: { reason: 'refused', error: { code: 'request-refused' } },
    counts: { failed: 0, done: 3, waiting: 297 },
  })
  expect(world.stateReads, 'GitLab did nothing').toBe(0)
  expect(run.getState().remainingMs, 'from the three that are done').toBeCloseTo((297 * LATENCY_MS) / 3)
  run.resume()
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 297, failed: 3 } })
  expect(itemsSent(world).slice(-3)).toEqual([1, 2, 3])
})

test('reads the list before it sends anything again, also while other requests are under way', async () => {
  const { run, world } = startRun(8, {}, (item) => (item === 4 ? 1.5 * LATENCY_MS : LATENCY_MS))
  world.fault = (item, attempt) => {
    if (attempt > 1 || item > 3) return undefined
    world.linked.add(item)
    return broken()
  }
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, isAtRest: false })
  run.resume()
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 8, already: 0 } })
  expect(itemsSent(world).filter((item) => item <= 3)).toEqual([1, 2, 3])
})

test('retries an item that was canceled in doubt only after it has read the list', async () => {
  const { run, world } = startRun(4)
  world.fault = (item, attempt) => {
    if (attempt > 1) return undefined
    if (item === 1) world.linked.add(item)
    return lost()
  }
  world.stateFault = lost
  await pass(2 * LATENCY_MS)
  run.cancel()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'canceled', isAtRest: true, counts: { failed: 4 } })
  world.stateFault = () => undefined
  run.retryFailed()
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4, already: 0 } })
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 2, 3, 4])
})

test('says of a request with an unknown outcome that it failed once it’s canceled, not that it was never sent', async () => {
  const { run, world } = startRun(8)
  world.fault = broken
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, counts: { waiting: 8 } })
  run.cancel()
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({
    status: 'canceled',
    isAtRest: true,
    counts: { failed: 6, waiting: 2 },
  })
})

test('a refusal to wait for leaves a pause for the end of the sign-in as it is', async () => {
  const { run, world } = startRun(4, { concurrency: 2 })
  world.fault = (item) => (item === 1 ? sessionExpired() : limited('5'))
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ isAtRest: true, pause: { reason: 'signed-out' } })
  await pass(60_000)
  expect(run.getState().pause?.reason).toBe('signed-out')
  expect(world.sent).toHaveLength(2)
})

test('a short wait that is over ends no longer one that GitLab asked for meanwhile', async () => {
  const { run, world } = startRun(2, {}, (item) => item * LATENCY_MS)
  world.fault = (item, attempt) => (attempt > 1 ? undefined : limited(item === 1 ? null : '30'))
  await pass(2 * LATENCY_MS)
  expect(run.getState().pause?.until).toBe(Date.now() + 30_000)
  await pass(29_999)
  expect(run.getState()).toMatchObject({ status: 'paused', pause: { reason: 'asked-to-wait' } })
  expect(world.sent).toHaveLength(2)
  await pass(1)
  expect(world.sent).toHaveLength(3)
})

test('an item that was put back and is then found done is not sent again', async () => {
  const { run, world } = startRun(4)
  world.fault = (item, attempt) => {
    if (attempt > 1) return undefined
    if (item === 1) world.linked.add(item)
    return broken()
  }
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, counts: { waiting: 4 } })
  run.resume()
  await pass(10 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4, already: 0 } })
  expect(itemsSent(world)).toEqual([1, 2, 3, 4, 2, 3, 4])
})

test('resuming again and again while the list is being read neither reads it twice nor sends anything', async () => {
  const { run, world } = startRun(4)
  world.fault = (_item, attempt) => (attempt > 1 ? undefined : broken())
  await pass(LATENCY_MS)
  run.resume()
  run.resume()
  await pass(LATENCY_MS / 2)
  run.resume()
  expect(world.stateReads).toBe(1)
  expect(world.sent).toHaveLength(4)
  await pass(10 * LATENCY_MS)
  expect(world.stateReads).toBe(1)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4 } })
})

test('resuming while the list can’t be read reads it at once, and sends nothing before it has been read', async () => {
  const { run, world } = startRun(4)
  let isOut = true
  world.fault = (_item, attempt) => (attempt > 1 ? undefined : lost())
  world.stateFault = () => (isOut ? lost() : undefined)
  await pass(10_000)
  const reads = world.stateReads
  run.resume()
  await pass(LATENCY_MS / 2)
  expect(world.stateReads).toBe(reads + 1)
  expect(run.getState(), 'until the list could be read').toMatchObject({
    pause: { reason: 'connection-lost' },
  })
  expect(world.sent).toHaveLength(4)
  isOut = false
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 4 } })
})

test('an item whose attempts were used up has all of them again once the failed ones are retried', async () => {
  const { run, world } = startRun(1)
  world.fault = lost
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { failed: 1 } })
  expect(world.sent).toHaveLength(3)
  run.retryFailed()
  await pass(60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { failed: 1 } })
  expect(world.sent).toHaveLength(6)
})

test('the next wait is as short as the first one after a success', async () => {
  const { run, world } = startRun(3, { concurrency: 1 })
  const refused = new Set([1, 2, 3, 5])
  world.fault = () => (refused.has(world.sent.length) ? limited() : undefined)
  await pass(1_000 + 2_000 + 4_000 + 5 * LATENCY_MS)
  expect(run.getState().pause?.until).toBe(Date.now() + 1_000)
  await pass(1_000 + 2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 3 } })
})

test('patience begins again after a success', async () => {
  const { run, world } = startRun(12, { concurrency: 1 })
  // One success every two minutes, for longer than ten minutes.
  let count = 0
  world.fault = () => (count++ % 2 === 0 ? limited('120') : undefined)
  await pass(25 * 60_000)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 12 } })
})

test('reads nothing more once the sign-in has ended while it waits to read the list again', async () => {
  const { run, world } = startRun(3, { concurrency: 2 }, (item) => (item === 2 ? 6 * LATENCY_MS : LATENCY_MS))
  world.fault = (item) => (item === 1 ? lost() : sessionExpired())
  world.stateFault = () => limited('5')
  await pass(LATENCY_MS)
  run.resume()
  await pass(60_000)
  expect(run.getState()).toMatchObject({ isAtRest: true, pause: { reason: 'signed-out' } })
  expect(world.stateReads).toBe(1)
})

test('what couldn’t be read after canceling isn’t read again for a request that ends later', async () => {
  const { run, world } = startRun(3, { concurrency: 2 }, (item) => (item === 2 ? 6 * LATENCY_MS : LATENCY_MS))
  world.fault = lost
  world.stateFault = () => limited('120')
  await pass(LATENCY_MS)
  run.resume()
  run.cancel()
  await pass(60_000)
  expect(run.getState()).toMatchObject({
    status: 'canceled',
    isAtRest: true,
    counts: { failed: 2, waiting: 1 },
  })
  expect(world.stateReads).toBe(1)
  run.retryFailed()
  await pass(LATENCY_MS)
  expect(world.stateReads, 'then the user wants it').toBe(2)
})

test('reports what the list says at once, though it has to be read again for a later request', async () => {
  const { run, world } = startRun(2, {}, (item) => (item === 2 ? 1.5 * LATENCY_MS : LATENCY_MS))
  world.fault = (item, attempt) => {
    if (attempt > 1) return undefined
    world.linked.add(item)
    return lost()
  }
  await pass(LATENCY_MS)
  run.resume()
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ isAtRest: false, counts: { done: 1, running: 1 } })
  await pass(LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 2 } })
})

test('what is found done after it had counted as failed counts once in the estimate', async () => {
  const { run, world } = startRun(6, { concurrency: 1 })
  for (const item of [2, 3, 4]) world.linked.add(item)
  world.fault = (item) => {
    if (item !== 1) return undefined
    world.linked.add(item)
    return broken()
  }
  // Four requests, and the list because of three that are said to be done already.
  await pass(5 * LATENCY_MS)
  expect(run.getState().counts).toMatchObject({ done: 1, already: 3, running: 1 })
  expect(run.getState().remainingMs).toBe(((5 * LATENCY_MS) / 4) * 2)
})

test('after it was stopped, it reads the outcome of earlier requests before it sends the next', async () => {
  const { run, world } = startRun(20, { concurrency: 1 })
  world.fault = (_item, attempt) => (attempt > 1 ? undefined : broken())
  await pass(4 * LATENCY_MS)
  run.resume()
  await pass(LATENCY_MS - 1)
  expect(world.sent).toHaveLength(3)
  await pass(1)
  expect(itemsSent(world)).toEqual([1, 2, 3, 4])
})

test.each([
  ['for good', () => notAdministrator()],
  ['for an unknown reason', () => notAcceptable()],
])('is at rest at once where the list is refused %s', async (_why, refusal) => {
  const { run, world } = startRun(1)
  world.fault = lost
  world.stateFault = refusal
  await pass(2 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'paused', isAtRest: true, pause: { reason: 'refused' } })
  expect(run.getState().pause?.error).toMatchObject({ code: refusal().code })
})

test('starts counting failures in a row again once the user resumes', async () => {
  const { run, world } = startRun(10, { concurrency: 1 })
  world.fault = (item, attempt) => (item <= 4 && attempt === 1 ? notAcceptable() : undefined)
  await pass(4 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, counts: { waiting: 10 } })
  run.resume()
  await pass(20 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { done: 9, failed: 1 } })
})

test('items that stopped a run once fail the next time, and can stop it again once they are retried', async () => {
  const { run, world } = startRun(3, { concurrency: 1 })
  world.fault = notAcceptable
  await pass(4 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, counts: { waiting: 3 } })
  run.resume()
  await pass(4 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ status: 'finished', counts: { failed: 3 } })
  run.retryFailed()
  await pass(4 * LATENCY_MS)
  expect(run.getState()).toMatchObject({ pause: { reason: 'refused' }, counts: { waiting: 3 } })
})
