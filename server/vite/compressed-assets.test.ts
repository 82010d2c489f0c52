import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { compressedAssets } from './compressed-assets.ts'

test('each asset of the build has compressed copies with the same content, and pages have none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'compressed-assets-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'index.html'), '<!doctype html><script type="module" src="./main.js"></script>')
  await writeFile(join(root, 'main.js'), `document.title = '${'compressible '.repeat(100)}'`)

  await build({ root, configFile: false, logLevel: 'error', plugins: [compressedAssets()] })

  const script = (await readdir(join(root, 'dist/assets'))).find((name) => name.endsWith('.js')) ?? ''
  const read = (suffix: string) => readFile(join(root, 'dist/assets', script + suffix))
  const content = await read('')
  expect(gunzipSync(await read('.gz')).equals(content)).toBe(true)
  expect(brotliDecompressSync(await read('.br')).equals(content)).toBe(true)
  expect(await readdir(join(root, 'dist'))).toEqual(['assets', 'index.html'])
})
