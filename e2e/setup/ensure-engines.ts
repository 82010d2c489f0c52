// Run before the end-to-end tests: gets Firefox and WebKitGTK for the smoke journeys where that can be, or says in one
// line that these are skipped. Never fails.
import { findFirefox, findWebKit } from './find-engines.ts'
import { aptGet, hasAptGet, isRoot } from './unpack-packages.ts'

/** About 110 MB, and their libraries. */
const INSTALL_TIMEOUT_MS = 6 * 60_000

function missing(): { engines: string[]; packages: string[] } {
  const firefox = findFirefox() ? undefined : { engine: 'Firefox', packages: ['firefox-esr'] }
  const webkit = findWebKit() ? undefined : { engine: 'WebKit', packages: ['webkit2gtk-driver', 'xvfb'] }
  const lacking = [firefox, webkit].filter((engine) => engine !== undefined)
  return {
    engines: lacking.map(({ engine }) => engine),
    packages: lacking.flatMap(({ packages }) => packages),
  }
}

try {
  const { engines, packages } = missing()
  // WebKitGTK runs from where it is installed only, and needs many libraries; so does Firefox.
  if (packages.length > 0 && isRoot && hasAptGet()) {
    console.error(`Getting ${engines.join(' and ')} for the end-to-end tests.`)
    aptGet(['install', '-y', '--no-install-recommends', ...packages], undefined, INSTALL_TIMEOUT_MS)
  }
  const still = missing()
  if (still.engines.length > 0)
    console.error(
      `Smoke journeys in ${still.engines.join(' and ')} are skipped. To run them: sudo apt-get install --no-install-recommends ${still.packages.join(' ')}`,
    )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
