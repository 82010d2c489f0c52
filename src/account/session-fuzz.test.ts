import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { startSession } from '#src/testing/signed-in-session.ts'
import { fuzzRuns } from '#src/testing/volume.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const OWN = 'http://gitlab.localhost:4702/gitlab'

const part = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '..',
    '%2e%2e',
    '%2F',
    '\\',
    '@',
    '//',
    '.evil.example',
    ':80',
    '?',
    '#',
    'gitlab',
    'api',
    '-evil',
  ),
)
const anyUrl = fc
  .tuple(
    fc.constantFrom(
      OWN,
      OWN,
      'http://gitlab.localhost:4702',
      'https://gitlab.localhost:4702/gitlab',
      'http://app.localhost:4701/gitlab',
      'https://evil.example',
      'http://gitlab.localhost:4702@evil.example',
      'http://user:password@gitlab.localhost:4702/gitlab',
    ),
    fc.array(part, { maxLength: 5 }),
  )
  .map(([base, parts]) => [base, ...parts].join('/'))
  .filter((text) => URL.canParse(text))

test('random URLs: the access token goes to its own instance only', async () => {
  const { session, signIn, world } = await startSession({ gitlabPath: '/gitlab' })
  await signIn()
  const [token] = world.gitlab.store.tokens.values()
  const sent: { url: URL; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    sent.push({ url: new URL(url), init })
    return Response.json({})
  })
  await fc.assert(
    fc.asyncProperty(anyUrl, async (text) => {
      sent.length = 0
      const url = new URL(text)
      await session.authorizedFetch(url).catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error
      })
      for (const { url: asked, init } of sent) {
        if (!`${asked.origin}${asked.pathname}/`.startsWith(`${OWN}/`))
          throw new Error(`A request goes to ${asked}.`)
        if (init.redirect !== 'error') throw new Error('It would follow a redirect.')
        if (asked.href.includes(token?.accessToken ?? '')) throw new Error('The token is in the URL.')
      }
    }),
    fuzzRuns,
  )
  expect(session.getAccount().status).toBe('signed-in')
}, 600_000)
