import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { wordsInSource } from './words-in-source.ts'

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url))

/** What looks like words and isn't to be translated, with the reason. */
const APART: readonly { readonly in: RegExp; readonly what?: string; readonly why: string }[] = [
  { in: /^pages\/context\/environment-details\.ts$/, why: 'Support reads it, in English.' },
  { in: /^pages\/failure\/support-details\.ts$/, why: 'Support reads it, in English.' },
  { in: /\/group-select\.tsx$/, what: '1px solid transparent', why: 'A style.' },
  {
    in: /\/first-list-template\.tsx$/,
    what: 'A long path / that is shown / in two parts',
    why: 'Invisible: it takes the place of a path.',
  },
  { in: /\/external-link\.tsx$/, what: 'noopener noreferrer', why: 'For the browser.' },
]

/** What people read comes from here. */
const SHOWS = /^(pages|app)\/.*\.tsx?$|^(main|early|callback)\.tsx?$/

test('no text that the page shows is in its source: all of them are messages, in a file for each language', () => {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => SHOWS.test(path) && !/\.test\.tsx?$/.test(path))
  expect(paths.length).toBeGreaterThan(80)
  const found = paths.flatMap((path) =>
    wordsInSource(path, readFileSync(SOURCE + path, 'utf8')).map((words) => ({ path, words })),
  )
  const isMeant = (one: (typeof found)[number], apart: (typeof APART)[number]) =>
    apart.in.test(one.path) && (apart.what === undefined || apart.what === one.words)
  expect(found.filter((one) => !APART.some((apart) => isMeant(one, apart)))).toEqual([])
  const unused = APART.filter((apart) => !found.some((one) => isMeant(one, apart)))
  expect(unused, 'exceptions that nothing needs anymore').toEqual([])
})

test.each([
  ['the content of an element', '<p>Nothing here</p>', ['Nothing here']],
  ['one word', '<button type="button">ok</button>', ['ok']],
  ['a text in braces', "<p>{'so far'}</p>", ['so far']],
  ['either side of a choice', "<p>{isOpen ? 'shown' : 'hidden' + mark}</p>", ['shown', 'hidden']],
  ['a condition that isn’t shown', "<p>{kind === 'shown by name' && texts.close}</p>", []],
  ['a name for screen readers', '<nav aria-label="groups" className="two words" />', ['groups']],
  ['a choice of names', "<input placeholder={isBusy ? 'wait' : texts.filter} />", ['wait']],
  ['a picture', '<img alt="logo" src="./a picture.png" />', ['logo']],
  ['what a component shows', '<Field label="url" size="small" />', ['url']],
  ['a label in data', "[{ label: 'oldest', value: 'oldest' }]", ['oldest']],
  ['a text that is set', "document.title = 'page'", ['page']],
  ['a sentence anywhere', "announce('Linked the group.')", ['Linked the group.']],
  ['one word like a sentence', "announce('Linked.')", ['Linked.']],
  ['words around a value', `\`Linked the \${name} and so on\``, ['Linked the', 'and so on']],
  ['what isn’t for people', "if (key === 'Escape') throw new TypeError('No such key')", []],
  ['values, names, and marks', '<a href={url} rel="help">{texts.help} · {count}</a>', []],
])('words in the source are noticed: %s', (_what, code, words) => {
  const statement = code.startsWith('if') ? code : `export const shown = ${code}`
  expect(wordsInSource('shown.tsx', statement)).toEqual(words)
})
