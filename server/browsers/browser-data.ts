import { createRequire } from 'node:module'
import type { CompatData, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data'

/** What browsers of the floor have, by the names under which scripts find it: true if all of them do. */
export interface KnownNames {
  /** `fetch`, `URL` */
  readonly globals: ReadonlyMap<string, boolean>
  /** `URL.canParse`, `Intl.Segmenter` */
  readonly statics: ReadonlyMap<string, boolean>
  /** `toSorted`, `ariaExpanded`: of anything, since a script doesn't say of what. True if at least one of them is there. */
  readonly members: ReadonlyMap<string, boolean>
}

/** @returns MDN's data about browsers, https://github.com/mdn/browser-compat-data */
export const readBrowserData = (): CompatData =>
  createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData

/**
 * @param floor the oldest version of each browser, by MDN's names
 */
export function knownNames(floor: ReadonlyMap<string, string>): KnownNames {
  const { api, javascript } = readBrowserData()
  const isThere = (entry: Identifier) =>
    [...floor].every(([browser, version]) => has(entry, browser, Number(version)))
  const globals = new Map<string, boolean>()
  const statics = new Map<string, boolean>()
  const members = new Map<string, boolean>()
  const add = (names: Map<string, boolean>, name: string, entry: Identifier) => {
    if (entry.__compat) names.set(name, names.get(name) || isThere(entry))
  }

  for (const [name, entry] of entriesOf(api)) {
    add(globals, name, entry)
    for (const [member, one] of entriesOf(entry)) {
      const [, own] = /^(\w+)_static$/.exec(member) ?? []
      if (own !== undefined) add(statics, `${name}.${own}`, one)
      // What only newer kinds of objects have is out of reach without them.
      else if (isThere(entry)) add(members, member, one)
      if (name === 'Window') add(globals, member, one)
    }
  }
  // Here, MDN's data doesn't tell what belongs to `Promise` from what belongs to each promise.
  const { builtins = {} } = javascript
  const namespaced = entriesOf(builtins.Intl ?? {}).map(([name, entry]) => [`Intl.${name}`, entry] as const)
  for (const [name, entry] of [...entriesOf(builtins), ...namespaced]) {
    add(name.includes('.') ? statics : globals, name, entry)
    for (const [member, one] of entriesOf(entry)) {
      add(statics, `${name}.${member}`, one)
      add(members, member, one)
    }
  }
  // All globals are members of `window`.
  for (const [name, there] of globals) members.set(name, members.get(name) || there)
  return { globals, statics, members }
}

const entriesOf = (parent: object): [string, Identifier][] =>
  Object.entries(parent).filter(([name]) => name !== '__compat')

function has({ __compat }: Identifier, browser: string, version: number): boolean {
  const statement = __compat?.support[browser as keyof typeof __compat.support]
  return [statement ?? []].flat().some((one) => isSupported(one, version))
}

function isSupported(
  { version_added: added, version_removed: removed, flags, prefix, alternative_name }: SimpleSupportStatement,
  version: number,
): boolean {
  // Versions are numbers, “≤37”, or “preview”.
  const numberOf = (text: unknown) => Number(String(text).replace('≤', ''))
  if (flags || prefix || alternative_name || !added) return false
  return numberOf(added) <= version && !(numberOf(removed ?? Number.NaN) <= version)
}
