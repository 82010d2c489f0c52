import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

const documents = [
  ...readdirSync(ROOT),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
].filter((path) => path.endsWith('.md'))

/** The text without its code blocks, in which `#` starts a comment. */
const proseOf = (path: string) => read(path).replaceAll(/^ *```.*?^ *```/gms, '')

/** The fragments by which GitHub and GitLab link to a document's headings. */
function fragmentsOf(path: string): string[] {
  return [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(documents)('every link in %s leads to a file, and to a heading in it', (path) => {
  const links = [...proseOf(path).matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)]
  const broken = links.filter(([, file = '', fragment = '']) => {
    const target = file === '' ? path : normalize(join(dirname(path), file))
    if (!existsSync(join(ROOT, target))) return true
    return fragment !== '' && !fragmentsOf(target).includes(fragment)
  })
  expect(broken.map(([link]) => link)).toEqual([])
})

test.each(documents)('every file, folder and command that %s names is there', (path) => {
  const named = read(path).matchAll(/(?<=[`\s])((?:src|mocks|server|e2e|docs)\/[\w./-]*\w)/g)
  const files = new Set([...named].map(([file]) => file))
  expect([...files].filter((file) => !existsSync(join(ROOT, file)))).toEqual([])

  const commands = [...read(path).matchAll(/\bnpm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name)
  expect(commands.filter((name) => !(name in scripts))).toEqual([])
})
