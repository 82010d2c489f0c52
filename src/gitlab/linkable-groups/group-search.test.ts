import { expect, test } from 'vitest'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { readGroupSearch } from './group-search.ts'

const ROOT = parseInstanceUrl('http://gitlab.localhost:4702')
const BELOW_PATH = parseInstanceUrl('http://gitlab.localhost:4702/gitlab')

test.each(['web', 'Acme / Web', 'acme/web', 'acme.com/web', 'web design'])(
  '“%s” is searched for as it is',
  (words) => {
    expect(readGroupSearch(ROOT, ` ${words} `)).toEqual({ kind: 'words', words, short: undefined })
  },
)

test('nothing, and one or two characters, mean every group', () => {
  expect(readGroupSearch(ROOT, '  ')).toEqual({ kind: 'words', words: '', short: undefined })
  expect(readGroupSearch(ROOT, 'we')).toEqual({ kind: 'words', words: '', short: 'we' })
})

test('a full path can have slashes around it', () => {
  expect(readGroupSearch(ROOT, '/acme/web/')).toMatchObject({ words: 'acme/web' })
})

test.each([
  ['/groups/acme/web', ['acme/web']],
  ['/groups/acme/web/-/issues?state=opened#top', ['acme/web']],
  ['/acme/web', ['acme/web', 'acme']],
  ['/acme/web/', ['acme/web', 'acme']],
  ['/acme/web/api.git', ['acme/web/api', 'acme/web']],
  ['/acme/web/api/-/merge_requests/3', ['acme/web/api', 'acme/web']],
  ['/Gr%C3%BCn', ['Grün']],
])('a URL of the instance, such as %s, points to %j', (path, fullPaths) => {
  expect(readGroupSearch(ROOT, ROOT + path)).toEqual({ kind: 'url', fullPaths })
  expect(readGroupSearch(BELOW_PATH, BELOW_PATH + path)).toEqual({ kind: 'url', fullPaths })
  expect(readGroupSearch(ROOT, `gitlab.localhost:4702${path}`), 'without a scheme').toMatchObject({
    fullPaths,
  })
})

test('the other scheme means the same instance', () => {
  expect(readGroupSearch(ROOT, 'https://gitlab.localhost:4702/acme')).toMatchObject({ fullPaths: ['acme'] })
})

test.each(['', '/', '/groups', '/dashboard/projects', '/users/amira', '/-/profile', '/admin/groups'])(
  'the path “%s” of the instance doesn’t point to a group',
  (path) => {
    expect(readGroupSearch(ROOT, ROOT + path)).toEqual({ kind: 'no-group' })
  },
)

test.each([
  'https://gitlab.com/acme',
  'http://gitlab.localhost:4703/acme',
  'https://gitlab.localhost.evil/acme',
])('%s is a URL of something else', (url) => {
  expect(readGroupSearch(ROOT, url)).toEqual({ kind: 'elsewhere', host: new URL(url).host })
})

test('a URL beside the sub-path of the instance is one of something else', () => {
  expect(readGroupSearch(BELOW_PATH, `${ROOT}/acme`)).toMatchObject({ kind: 'elsewhere' })
})

test.each([
  ['git@gitlab.localhost:acme/mobile/app.git', ['acme/mobile/app', 'acme/mobile']],
  ['ssh://git@gitlab.localhost:2222/acme/mobile/app.git', ['acme/mobile/app', 'acme/mobile']],
  ['ssh://gitlab.localhost/acme/app', ['acme/app', 'acme']],
  ['GIT@GITLAB.LOCALHOST:acme/app.git', ['acme/app', 'acme']],
  ['ssh://git@altssh.gitlab.localhost:443/acme/app.git', ['acme/app', 'acme']],
])('%s, the URL for cloning by SSH, points to %j', (address, fullPaths) => {
  expect(readGroupSearch(ROOT, address)).toEqual({ kind: 'url', fullPaths })
  expect(readGroupSearch(BELOW_PATH, address), 'which has no sub-path').toEqual({ kind: 'url', fullPaths })
})

test('what a chat adds to copied text, and nobody sees, doesn’t keep a group from being found', () => {
  expect(readGroupSearch(ROOT, `\u200b${ROOT}/groups/acme\u200e`)).toMatchObject({ fullPaths: ['acme'] })
  expect(readGroupSearch(ROOT, '\ufeffacme/web\u200b')).toMatchObject({ words: 'acme/web' })
})

test('a text pasted by mistake makes no URL that a server refuses for its length', () => {
  expect(readGroupSearch(ROOT, '長'.repeat(9_000))).toMatchObject({ words: '長'.repeat(500) })
})

test('a URL for cloning from another server is one of something else', () => {
  expect(readGroupSearch(ROOT, 'git@evil-gitlab.localhost:acme/app.git')).toMatchObject({ kind: 'elsewhere' })
  expect(readGroupSearch(ROOT, 'git@gitlab.com:acme/app.git')).toEqual({
    kind: 'elsewhere',
    host: 'gitlab.com',
  })
})
