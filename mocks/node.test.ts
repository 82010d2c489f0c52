import { afterEach, expect, test } from 'vitest'
import { mockNetwork } from './node.ts'

const PAGE = 'http://app.localhost:8000'
const OTHER = 'http://gitlab.localhost:9000'
const asked: Request[] = []
let cors: Record<string, string> = {}
let server: ReturnType<typeof mockNetwork>

afterEach(() => {
  server.close()
  asked.length = 0
  cors = {}
})

function listen() {
  const handle = async (request: Request) => {
    asked.push(request)
    return new Response('answer', { headers: { 'X-Total': '3', 'X-Secret': 'yes', ...cors } })
  }
  server = mockNetwork(PAGE, [
    { origin: PAGE, handle },
    { origin: OTHER, handle },
  ])
  server.listen()
}

test('a same-origin response isn’t changed', async () => {
  listen()
  const response = await fetch(`${PAGE}/path`)
  expect(response.headers.get('X-Secret')).toBe('yes')
  expect(asked[0]?.headers.get('Origin')).toBeNull()
})

test('a cross-origin response without a matching CORS header fails like a lost connection', async () => {
  listen()
  await expect(fetch(`${OTHER}/path`)).rejects.toThrow(TypeError)
  expect(asked[0]?.headers.get('Origin')).toBe(PAGE)
  cors = { 'Access-Control-Allow-Origin': `${PAGE}/` }
  await expect(fetch(`${OTHER}/path`)).rejects.toThrow(TypeError)
})

test('a cross-origin response only has exposed headers', async () => {
  listen()
  cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Total' }
  const response = await fetch(`${OTHER}/path`)
  expect(await response.text()).toBe('answer')
  expect(response.headers.get('X-Total')).toBe('3')
  expect(response.headers.get('X-Secret')).toBeNull()
})

test('a request with an Authorization header is only sent after a preflight that allows it', async () => {
  listen()
  cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }
  const request = () => fetch(`${OTHER}/path`, { headers: { Authorization: 'Bearer x' } })
  await expect(request()).rejects.toThrow(TypeError)
  expect(asked.map(({ method }) => method)).toEqual(['OPTIONS'])
  expect(asked[0]?.headers.get('Access-Control-Request-Headers')).toBe('authorization')

  cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Authorization' }
  expect((await request()).status).toBe(200)
  expect(asked.map(({ method }) => method)).toEqual(['OPTIONS', 'OPTIONS', 'GET'])
})

test('a form post needs no preflight, DELETE does', async () => {
  listen()
  cors = { 'Access-Control-Allow-Origin': PAGE }
  const body = new URLSearchParams({ a: 'b' })
  expect((await fetch(`${OTHER}/path`, { method: 'POST', body })).status).toBe(200)
  expect(await asked[0]?.text()).toBe('a=b')
  await expect(fetch(`${OTHER}/path`, { method: 'DELETE' })).rejects.toThrow(TypeError)
})

test('a request without CORS needs no permission, and reveals only that there was a response', async () => {
  listen()
  const response = await fetch(`${OTHER}/path`, { method: 'HEAD', mode: 'no-cors' })
  expect(response.headers.get('X-Total')).toBeNull()
  expect(asked.map(({ method }) => method)).toEqual(['HEAD'])
  expect(asked[0]?.headers.get('Origin')).toBeNull()
  const elsewhere = fetch('http://elsewhere.localhost/path', { method: 'HEAD', mode: 'no-cors' })
  await expect(elsewhere).rejects.toThrow(TypeError)
})

test('a request without CORS fails if the connection breaks', async () => {
  server = mockNetwork(PAGE, [{ origin: OTHER, handle: async () => Response.error() }])
  server.listen()
  const broken = fetch(`${OTHER}/path`, { method: 'HEAD', mode: 'no-cors' })
  await expect(broken).rejects.toThrow(TypeError)
})

test('a request to an unknown origin fails and is recorded without its query', async () => {
  listen()
  await expect(fetch('http://elsewhere.localhost/path?jwt=secret')).rejects.toThrow(TypeError)
  expect(server.foreignRequests).toEqual(['GET http://elsewhere.localhost/path'])
})
