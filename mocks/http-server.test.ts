import { afterEach, expect, test } from 'vitest'
import type { HttpServer } from './http-server.ts'
import { serveHttp } from './http-server.ts'
import { httpNetwork } from './network.ts'

const servers: HttpServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(handler: (request: Request) => Promise<Response>, port = 0) {
  const server = await serveHttp(handler, port)
  servers.push(server)
  return server
}

test('reaches a server by its *.localhost name, with that name as Host, and transfers bodies both ways', async () => {
  const { port } = await serve(async (request) => {
    const headers = new Headers({ 'X-Url': request.url })
    headers.append('Set-Cookie', 'a=1')
    headers.append('Set-Cookie', 'b=2')
    return new Response((await request.text()).toUpperCase(), { status: 201, headers })
  })
  const url = `http://gitlab.localhost:${port}/path?query=1`
  const response = await httpNetwork(new Request(url, { method: 'POST', body: 'grüße' }))
  expect(response.status).toBe(201)
  expect(response.headers.get('X-Url')).toBe(url)
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(await response.text()).toBe('GRÜSSE')
})

test('doesn’t follow redirects', async () => {
  const { port } = await serve(async () => new Response(null, { status: 302, headers: { Location: '/' } }))
  expect((await httpNetwork(new Request(`http://app.localhost:${port}/x`))).status).toBe(302)
})

test('rejects with a TypeError when nothing listens, and for hosts that aren’t local', async () => {
  const { port, close } = await serve(async () => new Response())
  await close()
  await expect(httpNetwork(new Request(`http://app.localhost:${port}/`))).rejects.toThrow(TypeError)
  await expect(httpNetwork(new Request('https://gitlab.com/'))).rejects.toThrow(TypeError)
})

test('a taken port rejects with EADDRINUSE', async () => {
  const { port } = await serve(async () => new Response())
  await expect(serve(async () => new Response(), port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('a response of type error breaks the connection, and the next request works again', async () => {
  const responses = [Response.error(), new Response('back again')]
  const { port } = await serve(async () => responses.shift() ?? new Response(null, { status: 500 }))
  const ask = () => httpNetwork(new Request(`http://gitlab.localhost:${port}/`))
  await expect(ask()).rejects.toThrow(TypeError)
  expect(await (await ask()).text()).toBe('back again')
})
