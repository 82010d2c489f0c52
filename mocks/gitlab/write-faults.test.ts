import { expect, onTestFinished, test, vi } from 'vitest'
import { defaultSettings } from './settings.ts'
import { createWriteFaults, isWrite } from './write-faults.ts'

const URL = 'http://gitlab.localhost:4702'

function startWrites() {
  const settings = defaultSettings(URL, URL)
  let now = 0
  const faults = createWriteFaults(settings, () => now)
  let done = 0
  return {
    settings,
    faults,
    done: () => done,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
    write: () =>
      faults.pass(async () => {
        done += 1
        return new Response(null, { status: 201 })
      }),
  }
}

test('lets every write through by default', async () => {
  const { write, done } = startWrites()
  for (let count = 0; count < 20; count++) expect((await write()).status).toBe(201)
  expect(done()).toBe(20)
})

test('every nth write fails, each time in the next of the ways', async () => {
  const { settings, write, done } = startWrites()
  settings.writeFaults = {
    everyNth: 2,
    kinds: ['server-error', 'answer-lost', 'connection-lost', 'asked-to-wait'],
  }
  const results: (string | number)[] = []
  for (let count = 0; count < 8; count++) {
    const { type, status } = await write()
    results.push(type === 'error' ? 'lost' : status)
  }
  expect(results).toEqual([201, 500, 201, 'lost', 201, 'lost', 201, 429])
  expect(done(), 'one was done although its response was lost').toBe(5)
})

test('a slow write takes effect immediately, and its response is late', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { settings, write, done } = startWrites()
  settings.writeFaults = { everyNth: 1, kinds: ['slow'] }
  const response = write()
  await vi.advanceTimersByTimeAsync(1999)
  expect(done()).toBe(1)
  expect(await Promise.race([response, 'nothing yet'])).toBe('nothing yet')
  await vi.advanceTimersByTimeAsync(1)
  expect((await response).status).toBe(201)
})

test('responds with 429 for the rest of the window once the limit is reached', async () => {
  const { settings, write, pass, done } = startWrites()
  settings.writeLimit = { requests: 2, windowSeconds: 60 }
  await write()
  await write()
  pass(20)
  const refusal = await write()
  expect(refusal.status).toBe(429)
  expect(refusal.headers.get('Retry-After')).toBe('40')
  pass(40)
  expect((await write()).status).toBe(201)
  expect(done()).toBe(3)
})

test('only linking and unlinking count as writes', () => {
  expect(isWrite('POST', '/api/v4/integrations/jira_connect/subscriptions')).toBe(true)
  expect(isWrite('DELETE', '/-/jira_connect/subscriptions/17')).toBe(true)
  expect(isWrite('GET', '/-/jira_connect/subscriptions.json')).toBe(false)
  expect(isWrite('POST', '/oauth/token')).toBe(false)
})
