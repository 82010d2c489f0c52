import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { compressedAssets } from '#server/vite/compressed-assets.ts'
import { earlyScript } from '#server/vite/early-script.ts'

const ROOT = fileURLToPath(new URL('bare-page', import.meta.url))
const OUTPUT = fileURLToPath(new URL('../../node_modules/.cache/bare-page', import.meta.url))

/**
 * Builds the floor for the first load: Atlassian's script, React, and the names of the linked groups as text, with every
 * request at the first moment at which it can leave.
 * @returns the folder with the built page
 */
export async function buildBarePage(): Promise<string> {
  await build({
    root: ROOT,
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [
      earlyScript({ page: 'index.html', module: 'requests.ts', startsPage: false }),
      compressedAssets(),
    ],
    build: {
      outDir: OUTPUT,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: [join(ROOT, 'index.html')] },
    },
  })
  // The server looks for it, as for every page in front of a GitLab.
  return OUTPUT
}
