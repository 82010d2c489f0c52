import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const BIOME = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url))
const CONFIG = fileURLToPath(new URL('styles.json', import.meta.url))

/**
 * @param sheets style sheets by name
 * @returns the names of those that the check of the built page finds fault with
 */
function refused(sheets: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'styles-'))
  try {
    for (const [name, css] of Object.entries(sheets)) writeFileSync(join(folder, `${name}.css`), css)
    const { stdout } = spawnSync(
      process.execPath,
      [BIOME, 'lint', `--config-path=${CONFIG}`, '--reporter=json', folder],
      { encoding: 'utf8' },
    )
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] }
    const paths = diagnostics.map(({ location }) => location.path)
    return Object.keys(sheets).filter((name) => paths.some((path) => path.endsWith(`${name}.css`)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('styles that browsers of the floor don’t have are found, and those that they have are not', () => {
  const tooNew = {
    property: 'a { field-sizing: content }',
    value: 'a { width: stretch }',
    function: 'a { color: light-dark(red, blue) }',
    selector: 'a:open { color: red }',
    rule: '@starting-style { a { color: red } }',
  }
  const known = { nested: 'a { mask-image: none; &:has(b) { user-select: none } }' }
  expect(refused({ ...tooNew, ...known })).toEqual(Object.keys(tooNew))
})
