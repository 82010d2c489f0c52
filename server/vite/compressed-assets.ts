import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSIBLE = /^assets\/.*\.(css|js|svg)$/

/**
 * Writes a `.gz` and a `.br` next to each file in the build's `assets/` that compression makes smaller, for web servers
 * that send such files as they are.
 */
export function compressedAssets(): Plugin {
  return {
    name: 'compressed-assets',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name))
      await Promise.all(files.map((name) => compress(join(dir, name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  const variants = [
    { suffix: '.gz', compressed: await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }) },
    { suffix: '.br', compressed: await promisify(brotliCompress)(content) },
  ]
  for (const { suffix, compressed } of variants) {
    if (compressed.length < content.length) await writeFile(path + suffix, compressed)
  }
}
