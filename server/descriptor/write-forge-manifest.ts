// `npm run forge:manifest`: writes forge/manifest.yml, from which Forge's command line installs the app in a Jira site.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseDescriptorOptions } from './descriptor-options.ts'
import { forgeManifestFile } from './forge-manifest.ts'

const FOLDER = new URL('../../forge/', import.meta.url)
const FILE = new URL('manifest.yml', FOLDER)

try {
  const { descriptor, appId } = parseDescriptorOptions(process.argv.slice(2), { takesAppId: true })
  const previous = await readFile(FILE, 'utf8').catch(() => undefined)
  await mkdir(FOLDER, { recursive: true })
  await writeFile(FILE, forgeManifestFile(descriptor, { appId, previous }))
  console.log(`Written: ${fileURLToPath(FILE)}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
