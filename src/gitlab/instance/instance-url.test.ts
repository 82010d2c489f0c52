import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  belongsTo,
  displayName,
  endpoint,
  InvalidInstanceUrlError,
  instanceServing,
  parseInstanceUrl,
  redirectUri,
} from './instance-url.ts'
import { normalizeInstanceUrl, withWholePath } from './typed-instance-url.ts'

const HTTP_PAGE = { protocol: 'http:' }
const HTTPS_PAGE = { protocol: 'https:' }

test('keeps scheme, port and sub-path of a saved URL, and drops trailing slashes', () => {
  expect(parseInstanceUrl('https://gitlab.example.com:8443/gitlab//')).toBe(
    'https://gitlab.example.com:8443/gitlab',
  )
  expect(parseInstanceUrl('http://gitlab.example.com')).toBe('http://gitlab.example.com')
  expect(parseInstanceUrl('https://example.com/tools/code')).toBe('https://example.com/tools/code')
})

test.each([
  'javascript:alert(1)',
  'https://user:secret@gitlab.example.com',
  'https://gitlab.example.com/?next=1',
  'https://gitlab.example.com/#top',
  '',
])('refuses “%s” as a saved URL', (text) => {
  expect(() => parseInstanceUrl(text)).toThrow(InvalidInstanceUrlError)
})

describe('what people paste', () => {
  test.each([
    ['gitlab.example.com', 'https://gitlab.example.com'],
    ['GitLab.Example.COM', 'https://gitlab.example.com'],
    ['//gitlab.example.com', 'https://gitlab.example.com'],
    ['gitlab.example.com:8443', 'https://gitlab.example.com:8443'],
    ['localhost:3000/-/metrics', 'https://localhost:3000'],
    ['https://gitlab.example.com:443', 'https://gitlab.example.com'],
    ['http://gitlab.localhost:4702', 'http://gitlab.localhost:4702'],
    ['https://gitlab.example.com/', 'https://gitlab.example.com'],
    ['https://gitlab.example.com///', 'https://gitlab.example.com'],
    ['  https://gitlab.example.com \n', 'https://gitlab.example.com'],
    // As copied from chats and from dialogs of Windows.
    ['\u200ehttps://gitlab.example.com\u200b', 'https://gitlab.example.com'],
    // Pasted behind what had been typed.
    ['https://https://gitlab.example.com', 'https://gitlab.example.com'],
    ['https://gitlab.example.com/acme/web/-/issues', 'https://gitlab.example.com'],
    ['https://gitlab.example.com/acme/web/-/issues?scope=all#note_1', 'https://gitlab.example.com'],
    ['https://gitlab.example.com/groups/acme', 'https://gitlab.example.com'],
    ['https://gitlab.example.com/admin/applications', 'https://gitlab.example.com'],
    ['gitlab.example.com/users/sign_in?x=1', 'https://gitlab.example.com'],
    ['https://gitlab.example.com/acme/web', 'https://gitlab.example.com'],
    ['gitlab.example.com.', 'https://gitlab.example.com'],
    ['https://gitlab.example.com.:8443/acme/web', 'https://gitlab.example.com:8443'],
    ['http://127.1', 'http://127.0.0.1'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['gitlab.com', 'https://gitlab.com'],
    ['https://gitlab.com./gitlab-org', 'https://gitlab.com'],
    ['https://gitlab.com/anything', 'https://gitlab.com'],
    ['https://gitlab.com/gitlab-org/gitlab', 'https://gitlab.com'],
  ])('“%s” is %s', (text, url) => {
    expect(normalizeInstanceUrl(text, HTTP_PAGE)).toEqual({ url, alternative: undefined })
  })

  test.each([
    ['https://example.com/gitlab', 'https://example.com/gitlab'],
    ['example.com/gitlab/', 'https://example.com/gitlab'],
    ['https://example.com/gitlab/acme/web/-/issues', 'https://example.com/gitlab'],
    ['https://example.com/gitlab/users/sign_in?x=1', 'https://example.com/gitlab'],
    ['https://example.com/tools/gitlab/admin/applications', 'https://example.com/tools/gitlab'],
    ['https://example.com/acme', 'https://example.com/acme'],
    ['https://example.com/tools/git', 'https://example.com/tools/git'],
    ['https://example.com/tools/forge', 'https://example.com/tools/forge'],
    ['example.com/it/tools/forge/', 'https://example.com/it/tools/forge'],
    ['https://example.com/tools/forge/users/sign_in', 'https://example.com/tools/forge'],
    ['https://example.com/tools/forge/admin/applications/7', 'https://example.com/tools/forge'],
  ])('“%s” is %s, or the URL without that path', (text, url) => {
    expect(normalizeInstanceUrl(text, HTTP_PAGE)).toEqual({ url, alternative: 'https://example.com' })
  })

  test('the path of a project or a group, or that of GitLab: the more likely one is taken, and the other is offered', () => {
    expect(normalizeInstanceUrl('https://digital.example.com/acme/web/-/issues')).toEqual({
      url: 'https://digital.example.com',
      alternative: 'https://digital.example.com/acme/web',
    })
    expect(normalizeInstanceUrl('https://codex.example.com/tools/forge').url).toBe(
      'https://codex.example.com/tools/forge',
    )
    // A host of this name has nothing but GitLab.
    expect(normalizeInstanceUrl('https://my-gitlab2.example.com/acme/web').url).toBe(
      'https://my-gitlab2.example.com',
    )
  })

  test.each([
    ['https://git.example.com/tools/forge', 'https://git.example.com/tools/forge'],
    ['code.example.com/it/tools/forge/', 'https://code.example.com/it/tools/forge'],
    ['https://git.example.com/tools/forge/users/sign_in?x=1', 'https://git.example.com/tools/forge'],
    ['https://git.example.com/tools/forge/admin', 'https://git.example.com/tools/forge'],
    // Nothing else could be meant.
    ['https://git.example.com', undefined],
    ['https://git.example.com/tools', undefined],
    ['https://git.example.com/tools/gitlab', undefined],
    ['https://example.com/tools/forge', undefined],
    ['https://git.example.com/acme/web/-/issues', undefined],
    ['https://gitlab.com/acme/web', undefined],
    ['not an address', undefined],
  ])('“%s” with its whole path, if that was taken for a group’s, is %s', (text, url) => {
    expect(withWholePath(text, HTTP_PAGE)).toBe(url)
  })

  test.each([
    ['instance-url-empty', ''],
    ['instance-url-empty', ' \t\n'],
    ['instance-url-too-long', `https://example.com/${'a'.repeat(1005)}`],
    ['instance-url-unreadable', 'https://'],
    ['instance-url-unreadable', 'https://gitlab example.com'],
    ['instance-url-unreadable', 'https://git\nlab.example.com'],
    ['instance-url-unreadable', 'https://gitlab.example.com\u202e'],
    ['instance-url-unreadable', 'https://gitlab.example.com:99999'],
    ['instance-url-unreadable', 'https://example.com/%2e%2e%2f'],
    ['instance-url-unreadable', 'https://example.com/<script>'],
    ['instance-url-scheme', 'javascript:alert(1)'],
    ['instance-url-scheme', 'ftp://gitlab.example.com'],
    ['instance-url-scheme', 'ssh://git@gitlab.example.com'],
    ['instance-url-scheme', 'data:text/html,x'],
    ['instance-url-scheme', 'mailto:root@gitlab.example.com'],
    ['instance-url-credentials', 'https://user:secret@gitlab.example.com'],
    ['instance-url-credentials', 'root@gitlab.example.com'],
    ['instance-url-query', 'https://gitlab.example.com/?next=1'],
    ['instance-url-query', 'https://gitlab.example.com/#top'],
    ['instance-url-query', 'https://example.com/acme?x=1'],
    ['instance-url-ipv6', 'https://[::1]'],
    ['instance-url-ipv6', 'http://[2001:db8::1]:8080/gitlab'],
  ])('is refused as %s: “%s”', (code, text) => {
    expect(refusalOf(text, HTTP_PAGE)).toBe(code)
  })

  test('can have 1,024 characters and no more', () => {
    const longest = `https://example.com/${'a'.repeat(1004)}`
    expect(longest).toHaveLength(1024)
    expect(normalizeInstanceUrl(longest).url).toBe(longest)
    expect(refusalOf(`${longest}a`)).toBe('instance-url-too-long')
  })

  test('is refused over HTTP on a page that came over HTTPS', () => {
    expect(refusalOf('http://gitlab.example.com', HTTPS_PAGE)).toBe('instance-url-insecure')
    expect(normalizeInstanceUrl('https://gitlab.example.com', HTTPS_PAGE).url).toBe(
      'https://gitlab.example.com',
    )
    expect(normalizeInstanceUrl('gitlab.example.com', HTTPS_PAGE).url).toBe('https://gitlab.example.com')
  })
})

describe('whatever the input', () => {
  const RUNS = { numRuns: 10_000 }
  const path = fc.array(
    fc.oneof(
      fc.constantFrom(
        'gitlab',
        'git',
        'acme',
        '-',
        'admin',
        'groups',
        'users',
        '..',
        '.',
        '',
        '%2e%2e',
        '\\',
      ),
      fc.webPath(),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 5 },
  )
  /** URLs, with what people and attackers add to them. */
  const urlLike = fc
    .tuple(
      fc.constantFrom('', ' ', '\u0000', '\u202e', '\u00a0', '/'),
      fc.constantFrom('', 'https://', 'http://', 'HTTPS://', 'https:', '//', 'javascript:', 'file://', 'x:'),
      fc.constantFrom('', 'root@', 'root:secret@', '%40', '@'),
      fc.oneof(
        // IPv6 addresses are never accepted.
        { weight: 3, arbitrary: fc.domain() },
        fc.ipV4Extended(),
        fc.ipV6().map((ip) => `[${ip}]`),
        fc.constantFrom(
          'gitlab.com',
          'gitlab.com.',
          'münchen.example',
          'localhost',
          '[::1]',
          '2130706433',
          'ｇitlab.com',
        ),
        fc.string({ unit: 'grapheme', maxLength: 10 }),
      ),
      fc.oneof(
        fc.constant(''),
        fc.integer({ min: -1, max: 70_000 }).map((port) => `:${port}`),
      ),
      path.map((segments) => segments.map((segment) => `/${segment}`).join('')),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        fc.webQueryParameters().map((query) => `?${query}`),
      ),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('') },
        fc.webFragments().map((fragment) => `#${fragment}`),
      ),
    )
    .map((parts) => parts.join(''))
  const input = fc.oneof(
    { weight: 4, arbitrary: urlLike },
    { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  )
  const page = fc.constantFrom(HTTP_PAGE, HTTPS_PAGE)

  test('it’s an instance URL or one of our refusals', () => {
    fc.assert(
      fc.property(input, page, (text, onPage) => {
        const outcome = attempt(text, onPage)
        expect(outcome === undefined || outcome.url.length > 0).toBe(true)
      }),
      RUNS,
    )
  })

  test('normalizing twice changes nothing', () => {
    fc.assert(
      fc.property(input, page, (text, onPage) => {
        const once = attempt(text, onPage)
        for (const url of [once?.url, once?.alternative]) {
          if (url === undefined) continue
          expect(normalizeInstanceUrl(url, onPage).url).toBe(url)
          expect(parseInstanceUrl(url, onPage)).toBe(url)
        }
      }),
      RUNS,
    )
  })

  test('what is accepted reads the same everywhere, and consists of scheme, host and path only', () => {
    let accepted = 0
    fc.assert(
      fc.property(input, page, (text, onPage) => {
        const outcome = attempt(text, onPage)
        for (const url of [outcome?.url, outcome?.alternative]) {
          if (url === undefined) continue
          accepted += 1
          const read = new URL(url)
          expect(read.href.replace(/\/$/, '')).toBe(url)
          expect(url).toBe(read.origin + (read.pathname === '/' ? '' : read.pathname))
          expect(onPage === HTTPS_PAGE ? ['https:'] : ['https:', 'http:']).toContain(read.protocol)
          expect(read.username + read.password + read.search + read.hash).toBe('')
          expect(url).toMatch(/^[\x21-\x7e]+$/)
        }
      }),
      RUNS,
    )
    // Otherwise this wouldn't prove anything.
    expect(accepted).toBeGreaterThan(1000)
  })
})

/** @returns undefined if the input is refused; throws every other error */
function attempt(text: string, page: { readonly protocol: string }) {
  try {
    return normalizeInstanceUrl(text, page)
  } catch (error) {
    if (error instanceof InvalidInstanceUrlError) return undefined
    throw error
  }
}

function refusalOf(text: string, page = HTTP_PAGE): string | undefined {
  try {
    normalizeInstanceUrl(text, page)
    return undefined
  } catch (error) {
    if (error instanceof InvalidInstanceUrlError) return error.code
    throw error
  }
}

test('knows the instance that serves the page from the page’s own URL', () => {
  const at = (href: string) => instanceServing(new URL(href))
  expect(at('https://gitlab.com/-/jira_connect/subscriptions?jwt=x')).toBe('https://gitlab.com')
  expect(at('https://example.com/gitlab/-/jira_connect/subscriptions')).toBe('https://example.com/gitlab')
  // A page can always connect to its own host, which no policy has to name.
  expect(at('https://[::1]:8443/-/jira_connect/subscriptions')).toBe('https://[::1]:8443')
  expect(() => at('https://example.com/elsewhere')).toThrow(InvalidInstanceUrlError)
})

test('builds endpoints below the sub-path', () => {
  const instance = parseInstanceUrl('https://example.com:8443/gitlab')
  expect(endpoint(instance, '/api/v4/groups', { search: 'a b&c' }).href).toBe(
    'https://example.com:8443/gitlab/api/v4/groups?search=a+b%26c',
  )
  expect(redirectUri(instance).href).toBe('https://example.com:8443/gitlab/-/jira_connect/oauth_callbacks')
  expect(displayName(instance)).toBe('example.com:8443/gitlab')
})

test('recognizes only its own URLs as its own', () => {
  const instance = parseInstanceUrl('https://example.com/gitlab')
  const belongs = (href: string) => belongsTo(instance, new URL(href))
  expect(belongs('https://example.com/gitlab/api')).toBe(true)
  expect(belongs('https://example.com/gitlab')).toBe(true)
  expect(belongs('https://example.com/gitlab-evil/api')).toBe(false)
  expect(belongs('https://example.com/gitlab/../other')).toBe(false)
  expect(belongs('https://example.com:8443/gitlab/api')).toBe(false)
  expect(belongs('http://example.com/gitlab/api')).toBe(false)
})
