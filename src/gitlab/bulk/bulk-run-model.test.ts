import { array, assert, asyncProperty, boolean, constantFrom, integer, nat, oneof, record } from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GitLabApiError, GitLabUnreachableError, UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
import type { Claim } from '#src/gitlab/linked-groups/linking.ts'
import { meaningOf } from '#src/pages/bulk/failure-meaning.ts'
import { fuzzRuns } from '#src/testing/volume.ts'
import { createBulkRun } from './bulk-run.ts'

const PATH = '/api/v4/integrations/jira_connect/subscriptions'
const MINUTE_MS = 60_000
const FIRST_OWN_WAIT_MS = 1_000
const LONGEST_OWN_WAIT_MS = MINUTE_MS

/** What GitLab asks for in Retry-After, and how long that is. */
const ASKED_MS = { none: 0, '0': 0, 'Thu, 01 Jan 2015 00:00:00 GMT': 0, '5': 5_000, '120': 120_000 }
type Asked = keyof typeof ASKED_MS

const limited = (asked: Asked) =>
  new GitLabApiError(429, PATH, undefined, { retryAfter: asked === 'none' ? null : asked })
const refusal = (status: number, message: string) =>
  new GitLabApiError(status, PATH, { message }, { method: 'POST' })
const lost = () => new GitLabUnreachableError({ code: 'gitlab-unreachable' }, PATH)
const broken = () => refusal(500, '500 Internal Server Error')

const claimed: Claim = { error: refusal(422, 'Namespace has already been added'), ifTrue: 'already' }
const oddSuccess: Claim = { error: new UnexpectedResponseError(PATH), ifTrue: 'done' }

/** How a write ends: whether it takes effect, and whether the page can know that. */
const responses = {
  truthful: { takesEffect: true },
  'success in another form': { takesEffect: true, claim: oddSuccess },
  'false success in another form': { claim: oddSuccess },
  'false claim': { claim: claimed },
  'broken after the effect': { takesEffect: true, error: broken, isUncertain: true },
  'broken before the effect': { error: broken, isUncertain: true },
  'lost after the effect': { takesEffect: true, error: lost, isUncertain: true },
  'lost before the effect': { error: lost, isUncertain: true },
  'signed out': { error: () => Object.assign(new Error(), { code: 'session-expired' }) },
  'refused for all': { error: () => refusal(403, 'The Jira user is not a site administrator.') },
  'refused for one': { error: () => refusal(401, 'Cannot find namespace.') },
  'refused for an unknown reason': { error: () => refusal(406, '406 Not Acceptable') },
} satisfies Record<string, { takesEffect?: true; claim?: Claim; error?: () => unknown; isUncertain?: true }>
type ResponseName = keyof typeof responses
interface WriteResponse {
  readonly takesEffect?: true
  readonly claim?: Claim
  readonly error?: () => unknown
  readonly isUncertain?: true
}

const readFaults = {
  broken,
  lost,
  refused: () => refusal(403, 'Forbidden'),
  unknown: () => refusal(406, 'Not Acceptable'),
}
type ReadFault = keyof typeof readFaults

interface Pending<R> {
  readonly answer: (how: R) => void
}

interface Options {
  readonly size: number
  readonly concurrency: number
  readonly doneBefore: number
  /** Whether it runs as it does for one group. */
  readonly isAlone: boolean
}

/** A run, a GitLab that responds as it is told to, and what has to hold whatever happens. */
function createModel({ size, concurrency, doneBefore, isAlone }: Options) {
  const items = Array.from({ length: isAlone ? 1 : size }, (_, item) => item)
  const done = new Set(items.slice(0, doneBefore))
  const writes: Pending<WriteResponse | { asked: Asked }>[] = []
  const reads: Pending<{ fault?: ReadFault; asked?: Asked; isLate?: boolean }>[] = []
  const underWay = new Set<number>()
  /** Items whose last request might have taken effect, until a list that was asked for afterwards has been read. */
  const inDoubt = new Set<number>()
  const shownDone = new Set<number>()
  let mayWrite = true
  let noWriteBefore = 0
  let noReadBefore = 0
  let refusals = 0
  let violation: Error | undefined

  /** @param holds what has to hold; thrown inside a run, it would be taken for a failure of the request */
  function must(holds: boolean, what: string): void {
    if (!holds) violation ??= new Error(`Not so: ${what}`)
  }

  function perform(item: number): Promise<Claim | undefined> {
    must(mayWrite, 'no request after canceling')
    must(!underWay.has(item), 'one request for an item at a time')
    must(!inDoubt.has(item), 'nothing sent twice before the list has been read')
    must(!shownDone.has(item), 'nothing sent that is known to be done')
    must(Date.now() >= noWriteBefore, 'nothing sent sooner than GitLab asks')
    must(underWay.size < concurrency, 'no more requests at once than allowed')
    underWay.add(item)
    return new Promise((resolve, reject) => {
      const pending = {
        answer(how: WriteResponse | { asked: Asked }) {
          writes.splice(writes.indexOf(pending), 1)
          underWay.delete(item)
          if ('asked' in how) {
            noteRefusal(ASKED_MS[how.asked])
            return reject(limited(how.asked))
          }
          const claim = how.claim ?? (done.has(item) && !how.error ? claimed : undefined)
          if (how.takesEffect) done.add(item)
          if (claim || how.isUncertain) inDoubt.add(item)
          if (how.error) return reject(how.error())
          if (!claim) {
            shownDone.add(item)
            refusals = 0
          }
          return resolve(claim)
        },
      }
      writes.push(pending)
    })
  }

  function noteRefusal(askedMs: number): void {
    const isFirst = Date.now() >= noWriteBefore
    const ownMs = isFirst ? Math.min(FIRST_OWN_WAIT_MS * 2 ** refusals, LONGEST_OWN_WAIT_MS) : 0
    if (isFirst) refusals += 1
    noWriteBefore = Math.max(noWriteBefore, Date.now() + Math.max(ownMs, askedMs))
  }

  function readActualState(): Promise<(item: number) => boolean> {
    must(reads.length === 0, 'one read at a time')
    must(Date.now() >= noReadBefore, 'nothing read sooner than GitLab asks')
    const doubts = [...inDoubt]
    const before = new Set(done)
    return new Promise((resolve, reject) => {
      const pending = {
        answer({ fault, asked, isLate }: { fault?: ReadFault; asked?: Asked; isLate?: boolean }) {
          reads.splice(reads.indexOf(pending), 1)
          if (asked !== undefined) {
            noReadBefore = Date.now() + Math.max(FIRST_OWN_WAIT_MS, ASKED_MS[asked])
            return reject(limited(asked))
          }
          if (fault) return reject(readFaults[fault]())
          const now = isLate ? new Set(done) : before
          for (const item of doubts) {
            inDoubt.delete(item)
            if (now.has(item)) shownDone.add(item)
          }
          refusals = 0
          return resolve((item) => now.has(item))
        },
      }
      reads.push(pending)
    })
  }

  const run = createBulkRun({
    items,
    perform,
    readActualState,
    meaningOf: isAlone ? () => 'item' : meaningOf,
    concurrency,
    ...(isAlone && { mostAttempts: 1 }),
  })

  function check(): void {
    const { status, pause, isAtRest, counts, results } = run.getState()
    const counted = { waiting: 0, running: 0, done: 0, already: 0, failed: 0 }
    for (const [item, { status: result }] of results) {
      counted[result] += 1
      if (result === 'done' || result === 'already') must(done.has(item), 'what is said to be done is done')
      if (underWay.has(item)) must(result === 'running', 'what is under way is running')
      if (isAtRest && shownDone.has(item))
        must(result === 'done' || result === 'already', 'what is known to be done is said to be done')
    }
    must(results.size === items.length, 'every item has a result')
    for (const kind of ['waiting', 'running', 'done', 'already', 'failed'] as const)
      must(counts[kind] === counted[kind], 'the counts are those of the results')
    if (!isAtRest) return
    must(underWay.size + reads.length === 0, 'nothing is under way at rest')
    if (status === 'paused')
      must(/^(signed-out|refused)$/.test(pause?.reason ?? ''), 'only the user ends a rest')
    if (status === 'finished')
      must(counts.waiting + counts.running === 0, 'everything has a result at the end')
    if (status === 'finished' && !isAlone) must(inDoubt.size === 0, 'there are no doubts at the end')
    if (status === 'canceled') must(counts.running === 0, 'nothing is left open by canceling')
  }

  run.subscribe(check)
  check()

  return {
    run,
    writes,
    reads,
    check() {
      check()
      if (violation) throw violation
    },
    settled: () => writes.length + reads.length === 0,
    cancel() {
      if (run.getState().status !== 'finished') mayWrite = false
      noReadBefore = 0
      run.cancel()
    },
    resume() {
      const { status, pause } = run.getState()
      noReadBefore = 0
      if (status === 'paused' && (pause?.reason !== 'connection-lost' || !isReading())) noWriteBefore = 0
      run.resume()
      if (status !== 'paused' || pause?.reason === 'connection-lost') return
      must(run.getState().status !== 'paused' && !run.getState().isAtRest, 'it says at once that it goes on')
    },
    retryFailed() {
      if (run.getState().isAtRest && run.getState().status !== 'paused') mayWrite = true
      if (isAlone) {
        // Any failure ends linking one group, and the user decides when to send it again.
        noWriteBefore = 0
        inDoubt.clear()
      }
      noReadBefore = 0
      run.retryFailed()
    },
  }

  /** As far as one can see: a connection that is lost is only found again by reading. */
  function isReading(): boolean {
    return underWay.size === 0
  }
}

type Model = ReturnType<typeof createModel>
type Step = (model: Model) => unknown

const named = (name: string, step: Step): Step => Object.assign(step, { toString: () => name })

const asked = constantFrom(...(Object.keys(ASKED_MS) as Asked[]))
const write = record({ at: nat(3), name: constantFrom(...(Object.keys(responses) as ResponseName[])) }).map(
  ({ at, name }) =>
    named(`${name}@${at}`, ({ writes }) => writes[at % writes.length]?.answer(responses[name])),
)
const truthfulWrite = nat(3).map((at) =>
  named(`truthful@${at}`, ({ writes }) => writes[at % writes.length]?.answer(responses.truthful)),
)
/** Several in a row that end alike are not like each on its own. */
const allWrites = constantFrom(...(Object.keys(responses) as ResponseName[])).map((name) =>
  named(`${name}, all`, ({ writes }) => {
    for (const one of [...writes]) one.answer(responses[name])
  }),
)
const limitedWrite = record({ at: nat(3), asked }).map((how) =>
  named(`429 ${how.asked}@${how.at}`, ({ writes }) => writes[how.at % writes.length]?.answer(how)),
)
const read = boolean().map((isLate) =>
  named(`read ${isLate ? 'late' : 'early'}`, ({ reads }) => reads[0]?.answer({ isLate })),
)
const failedRead = constantFrom(...(Object.keys(readFaults) as ReadFault[])).map((fault) =>
  named(`read: ${fault}`, ({ reads }) => reads[0]?.answer({ fault })),
)
const limitedRead = asked.map((how) =>
  named(`read: 429 ${how}`, ({ reads }) => reads[0]?.answer({ asked: how })),
)
const time = constantFrom(500, 1_000, 2_500, 30_000, 11 * MINUTE_MS).map((ms) =>
  named(`${ms} ms pass`, () => vi.advanceTimersByTimeAsync(ms)),
)
const byUser = constantFrom('cancel', 'resume', 'resume', 'resume', 'retryFailed', 'retryFailed').map(
  (action) => named(action, (model) => model[action as 'cancel']()),
)
const online = constantFrom(named('online', () => void dispatchEvent(new Event('online'))))

const steps = array(
  oneof(
    { weight: 6, arbitrary: write },
    { weight: 3, arbitrary: truthfulWrite },
    { weight: 2, arbitrary: allWrites },
    { weight: 3, arbitrary: limitedWrite },
    { weight: 4, arbitrary: read },
    { weight: 2, arbitrary: failedRead },
    { weight: 1, arbitrary: limitedRead },
    { weight: 4, arbitrary: time },
    { weight: 3, arbitrary: byUser },
    { weight: 1, arbitrary: online },
  ),
  { maxLength: 40, size: 'max' },
)

const options = record({
  size: integer({ min: 1, max: 9 }),
  concurrency: integer({ min: 1, max: 4 }),
  doneBefore: nat(2),
  isAlone: nat(9).map((one) => one === 0),
})

/** Lets promises run as far as they can without a response. */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

/** GitLab responds truthfully to everything, and time passes, until nothing happens without the user. */
async function comeToRest(model: Model): Promise<void> {
  const { run, writes, reads } = model
  for (let turn = 0; !run.getState().isAtRest; turn += 1) {
    expect(turn, 'comes to rest').toBeLessThan(60)
    while (!model.settled()) {
      for (const one of [...writes]) one.answer(responses.truthful)
      for (const one of [...reads]) one.answer({})
      await flush()
    }
    if (!run.getState().isAtRest) await vi.advanceTimersByTimeAsync(2 * MINUTE_MS)
  }
  model.check()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test('whatever happens, and in whatever order: nothing is sent twice or said without proof, and a run comes to rest', async () => {
  await assert(
    asyncProperty(options, steps, async (how, sequence) => {
      vi.clearAllTimers()
      const model = createModel(how)
      for (const step of sequence) {
        await step(model)
        await flush()
        model.check()
      }
      await comeToRest(model)

      const { run } = model
      const wasCanceled = run.getState().status === 'canceled'
      for (let tries = 0; tries < 8; tries += 1) {
        if (run.getState().status === 'paused') model.resume()
        else model.retryFailed()
        await comeToRest(model)
      }
      const { counts, status } = run.getState()
      expect(counts, 'with a GitLab that does what it is asked, everything ends well').toMatchObject({
        failed: 0,
        running: 0,
      })
      if (!wasCanceled && status === 'finished') expect(counts.waiting).toBe(0)
    }),
    fuzzRuns,
  )
})
