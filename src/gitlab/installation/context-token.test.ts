import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createContextTokenSource } from './context-token.ts'

const START = Date.parse('2026-01-01T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START })
  onTestFinished(() => void vi.useRealTimers())
})

/** A JWT with the parts that the page reads; `exp` in seconds since the epoch. */
function tokenExpiring(atMs: number, id: string): string {
  return `${btoa('{}')}.${btoa(JSON.stringify({ exp: atMs / 1000, id }))}.signature`
}

test('asks Jira once as long as the token is valid for another minute', async () => {
  const request = vi.fn(async () => tokenExpiring(START + 900_000, 'a'))
  const source = createContextTokenSource(request)

  const first = await source.get()
  vi.setSystemTime(START + 840_000)
  expect(await source.get()).toBe(first)
  expect(request).toHaveBeenCalledTimes(1)

  vi.setSystemTime(START + 840_001)
  await source.get()
  expect(request).toHaveBeenCalledTimes(2)
})

test('asks Jira once for requests that come at the same time', async () => {
  const request = vi.fn(async () => tokenExpiring(START + 900_000, 'a'))
  const source = createContextTokenSource(request)
  await Promise.all([source.get(), source.get(), source.get()])
  expect(request).toHaveBeenCalledTimes(1)
})

test('asks for a new token after one was refused, unless the refused one has already been replaced', async () => {
  let count = 0
  const request = vi.fn(async () => tokenExpiring(START + 900_000, String(count++)))
  const source = createContextTokenSource(request)
  const first = await source.get()
  source.discard(first)
  source.discard(first)
  const second = await source.get()
  source.discard(first)
  expect(await source.get()).toBe(second)
  expect(request).toHaveBeenCalledTimes(2)
})

test.each([
  ['has no parts', 'opaque'],
  ['has no expiry', `${btoa('{}')}.${btoa('{}')}.signature`],
  ['has an expiry that isn’t a number', `${btoa('{}')}.${btoa(`{"exp":"${START}"}`)}.signature`],
])('uses a token only once if it %s', async (_why, token) => {
  const request = vi.fn(async () => token)
  const source = createContextTokenSource(request)
  expect(await source.get()).toBe(token)
  await source.get()
  expect(request).toHaveBeenCalledTimes(2)
})

test('asks again after Jira refused', async () => {
  const request = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValueOnce('token')
  const source = createContextTokenSource(request)
  await expect(source.get()).rejects.toThrow('no')
  expect(await source.get()).toBe('token')
})

test('asks again after the request could not even be sent', async () => {
  const request = vi
    .fn<() => Promise<string>>()
    .mockImplementationOnce(() => {
      throw new Error('no bridge')
    })
    .mockResolvedValueOnce('token')
  const source = createContextTokenSource(request)
  await expect(source.get()).rejects.toThrow('no bridge')
  expect(await source.get()).toBe('token')
})
