import type { AnyNode } from 'acorn'
import { parse } from 'acorn'
import type { KnownNames } from './browser-data.ts'
import { allNodes, memberKeys, memberName, ownNames } from './script-names.ts'

/** Something in a script that a browser of the floor doesn't have. */
export interface AboveFloor {
  /** What it is, such as `URL.parse`, or the parser's words. */
  readonly name: string
  readonly file: string
  /** The script around it. */
  readonly excerpt: string
}

/**
 * All browsers of the floor parse what this edition of the language has. The next one has import attributes and modifiers
 * in regular expressions, which they don't.
 */
const ECMA_VERSION = 2024
const EXCERPT_LENGTH = 60

/**
 * Finds what a browser of the floor doesn't have. It knows names, not types: a member is only found if nothing has one of
 * this name at the floor. The `map` of iterators, which is newer than that of arrays, isn't; TypeScript's `lib` refuses it
 * in our own code.
 * @param scripts built scripts that run together, by file name
 * @returns what is above the floor, each name once for each file
 */
export function aboveFloor(scripts: ReadonlyMap<string, string>, known: KnownNames): AboveFloor[] {
  const found: AboveFloor[] = []
  const parsed: { file: string; script: string; nodes: AnyNode[] }[] = []
  for (const [file, script] of scripts) {
    try {
      const program = parse(script, { ecmaVersion: ECMA_VERSION, sourceType: 'module' })
      parsed.push({ file, script, nodes: allNodes(program) })
    } catch (error) {
      found.push({ name: String(error), file, excerpt: '' })
    }
  }
  // One file can define a member, and another use it.
  const ownMembers = new Set(parsed.flatMap(({ nodes }) => [...ownNames(nodes).members]))
  for (const { file, script, nodes } of parsed) {
    for (const [name, { start }] of missingIn(nodes, ownMembers, known)) {
      const from = Math.max(0, start - EXCERPT_LENGTH / 2)
      found.push({ name, file, excerpt: script.slice(from, from + EXCERPT_LENGTH) })
    }
  }
  return found
}

/** @returns the names of what is missing at the floor, each with where it is used */
function missingIn(
  nodes: readonly AnyNode[],
  ownMembers: ReadonlySet<string>,
  { globals, statics, members }: KnownNames,
): Map<string, AnyNode> {
  const { variables } = ownNames(nodes)
  const keys = memberKeys(nodes)
  const missing = new Map<string, AnyNode>()
  const isMissing = (name: string | undefined) =>
    name !== undefined && members.get(name) === false && !ownMembers.has(name)

  for (const node of nodes) {
    const isGlobal = node.type === 'Identifier' && !keys.has(node) && !variables.has(node.name)
    if (isGlobal && globals.get(node.name) === false) missing.set(node.name, node)
    if (node.type === 'MemberExpression') {
      const name = memberName(node.property, node.computed)
      const { object } = node
      const owner = object.type === 'Identifier' && !variables.has(object.name) ? object.name : ''
      const isThere = statics.get(`${owner}.${name}`)
      if (isThere === false) missing.set(`${owner}.${name}`, node)
      if (isThere === undefined && isMissing(name)) missing.set(name ?? '', node)
    }
    if (node.type === 'ObjectPattern')
      for (const property of node.properties) {
        const name = property.type === 'Property' ? memberName(property.key, property.computed) : undefined
        if (isMissing(name)) missing.set(name ?? '', property)
      }
  }
  return missing
}
