import { expect } from 'vitest'
import { linkManyGroups } from '#mocks/gitlab/many-linked-groups.ts'
import type { BulkRun } from '#src/gitlab/bulk/run-state.ts'
import { listGroups } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { startLinking, startUnlinking } from '#src/pages/bulk/start-run.ts'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import type { Kit } from './fault-matrix.ts'
import { fakeTime, signIn, signInAgain, startKit, withTimePassing } from './fault-matrix.ts'
import { testFaultTable } from './fault-table.ts'
import type { Fault } from './faults.ts'
import { faults } from './faults.ts'

const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const LIST = 'GET /-/jira_connect/subscriptions.json'
const TOKEN = 'POST /oauth/token'
const SIZE = 6
const MINUTE_MS = 60_000

/** Something done to six groups, and the requests that fail in the middle of it. */
interface BulkOperation {
  begin(kit: Kit): Promise<BulkRun<unknown>>
  /** Which requests fail, the third of them first. */
  failing(kit: Kit): string[]
  /** Called before the third write. */
  inTheMiddle?(kit: Kit): void
}

const operations: Record<string, BulkOperation> = {
  'linking groups': { begin: beginLinking, failing: () => [LINK] },
  'unlinking groups': { begin: beginUnlinking, failing: ({ world }) => unlinkRequests(world) },
  'refreshing the tokens while groups are linked': {
    begin: beginLinking,
    failing: () => [TOKEN],
    inTheMiddle: ({ world }) => world.gitlab.store.expireAccessTokens(),
  },
}

async function beginLinking({ backend, instance, session, world }: Kit): Promise<BulkRun<unknown>> {
  const { authorizedFetch } = session
  const { groups } = await listGroups(instance, { search: '', page: 1, everyGroup: false, authorizedFetch })
  const linked = new Set([...world.gitlab.store.subscriptions.values()].map(({ groupId }) => groupId))
  const six = groups.filter(({ id }) => !linked.has(id)).slice(0, SIZE)
  return startLinking(six, {
    backend,
    instance,
    authorizedFetch,
    concurrency: 2,
    onListRead: () => undefined,
  })
}

async function beginUnlinking({ backend, instance }: Kit): Promise<BulkRun<unknown>> {
  const groups = await backend.listLinkedGroups(instance)
  return startUnlinking(groups, { backend, instance, concurrency: 2, onListRead: () => undefined })
}

function unlinkRequests({ gitlab }: Kit['world']): string[] {
  return [...gitlab.store.subscriptions.keys()].map((id) => `DELETE /-/jira_connect/subscriptions/${id}`)
}

fakeTime()

testFaultTable({
  page: 'in-bulk',
  title: 'Faults in the middle of many groups',
  explanation:
    'Each request of linking or unlinking six groups, two at a time, that fails from the third on. In every cell, the run ' +
    'resumes by itself, or stops and says why; it sends fewer than 60 requests within a minute; after a request with an ' +
    'unknown outcome, it reads the list before it sends anything again; and once the fault is gone and someone ' +
    'selects the button, all six are done.',
  cells: new Map(Object.keys(operations).map((name) => [name, faults])),
  meet: (name, fault) => runUnder(fault, operations[name] as BulkOperation),
})

async function runUnder(fault: Fault, operation: BulkOperation): Promise<string> {
  const kit = await withTimePassing(startKit())
  const { world } = kit
  const { store } = world.gitlab
  const clientKey = [...store.installations.keys()][0] ?? ''
  linkManyGroups(store, clientKey, SIZE - store.subscriptions.size, Date.now())
  let isBroken = false
  let writes = 0
  for (const request of [LINK, ...unlinkRequests(world)])
    world.answer(request, (next) => {
      writes += 1
      if (writes === 3) {
        isBroken = true
        operation.inTheMiddle?.(kit)
      }
      return isBroken && operation.failing(kit).includes(request) ? fault.answer(next) : next()
    })
  const token = operation.failing(kit).includes(TOKEN)
  if (token) world.answer(TOKEN, (next) => (isBroken ? fault.answer(next) : next()))
  await withTimePassing(signIn(kit))

  const run = await withTimePassing(operation.begin(kit))
  await withTimePassing(rest(run, MINUTE_MS), fault.isSilent ? 2 : 0.2)
  const outcome = outcomeOf(run)
  expect(world.requests.length).toBeLessThan(60)

  isBroken = false
  for (let tries = 0; tries < 5 && !isDone(run); tries += 1) {
    await withTimePassing(signInAgain(kit))
    if (run.getState().status === 'paused') run.resume()
    else run.retryFailed()
    await withTimePassing(rest(run, 3 * MINUTE_MS), 2)
  }
  expect(isDone(run)).toBe(true)
  // A write with an expired token was refused for certain, whatever became of the new tokens.
  if (!token && !/^4/.test(fault.name)) expectNothingTwice(world)
  return outcome
}

/** Resolves when the run stops by itself, or reaches the next moment at which a user would look at it. */
function rest(run: BulkRun<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (run.getState().isAtRest) resolve()
    }
    run.subscribe(look)
    setTimeout(resolve, ms)
    look()
  })
}

function isDone(run: BulkRun<unknown>): boolean {
  const { counts, isAtRest } = run.getState()
  return isAtRest && counts.done + counts.already === SIZE
}

/** What the page shows of it. */
function outcomeOf(run: BulkRun<unknown>): string {
  const { status, pause, results } = run.getState()
  const errors = [...results.values()].flatMap((result) => (result.status === 'failed' ? [result.error] : []))
  const codes = new Set([...(pause ? [pause.error] : []), ...errors].map(codeOf))
  expect([...codes]).not.toContain('unknown')
  const why = pause ? `paused, ${pause.reason}` : status
  return codes.size === 0 ? why : `${why}: ${[...codes].join(', ')}`
}

/** If the outcome of a request is unknown, the list is read before the request is sent again. */
function expectNothingTwice({ requests }: Kit['world']): void {
  const sentSinceList = new Set<string>()
  for (const { method, url, body } of requests) {
    if (`${method} ${url.pathname}` === LIST) sentSinceList.clear()
    if (method !== 'DELETE' && `${method} ${url.pathname}` !== LINK) continue
    const what = method === 'DELETE' ? url.pathname : String(JSON.parse(body).namespace_path)
    expect([...sentSinceList]).not.toContain(what)
    sentSinceList.add(what)
  }
}
