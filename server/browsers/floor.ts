import packageJson from '../../package.json' with { type: 'json' }

const QUERY = /^(\w+) >= (\d+(?:\.\d+)?)$/

/** What browsers are called, apart from what browserslist calls them: by people, in Vite's build target, and in MDN's data. */
const NAMES: ReadonlyMap<string, { readonly name: string; readonly target: string; readonly mdn: string }> =
  new Map([
    ['chrome', { name: 'Chrome', target: 'chrome', mdn: 'chrome' }],
    ['edge', { name: 'Edge', target: 'edge', mdn: 'edge' }],
    ['firefox', { name: 'Firefox', target: 'firefox', mdn: 'firefox' }],
    ['safari', { name: 'Safari', target: 'safari', mdn: 'safari' }],
    ['ios_saf', { name: 'Safari', target: 'ios', mdn: 'safari_ios' }],
  ])

/**
 * The floor: the oldest browsers that the page supports. It's decided in package.json, `browserslist`; all else follows.
 * @throws {Error} something there isn't of the form `chrome >= 120`
 */
const floor = packageJson.browserslist.map((query) => {
  const [, id = '', version = ''] = QUERY.exec(query) ?? []
  const names = NAMES.get(id)
  if (!names) throw new Error(`package.json: browserslist can’t have “${query}”.`)
  return { ...names, version }
})

/** @returns the floor as Vite's `build.target` */
export const buildTarget = (): string[] => floor.map(({ target, version }) => `${target}${version}`)

/** @returns the floor by the names that browsers have in MDN's data */
export const mdnFloor = (): ReadonlyMap<string, string> =>
  new Map(floor.map(({ mdn, version }) => [mdn, version]))

/** @returns the floor in words: “Chrome 120, Edge 120, and Firefox 125” */
export function floorInWords(): string {
  const browsers = new Set(floor.map(({ name, version }) => `${name} ${version}`))
  return new Intl.ListFormat('en-US').format(browsers)
}
