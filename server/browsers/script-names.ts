import type { AnyNode, Pattern } from 'acorn'

/** The names that scripts give to things of their own. */
export interface OwnNames {
  /** Of variables, whatever their scope. */
  readonly variables: ReadonlySet<string>
  /** Of members of their own objects and classes. */
  readonly members: ReadonlySet<string>
}

/** @returns a node of a script's syntax tree, and all nodes below it */
export function allNodes(root: AnyNode): AnyNode[] {
  const nodes = [root]
  // Grows while it is walked through.
  for (const node of nodes)
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === 'string') nodes.push(child)
  return nodes
}

/** @returns the name of a member, if it's written down: of `a.b`, `a['b']`, and `{ b: 1 }` */
export function memberName(key: AnyNode, isComputed: boolean): string | undefined {
  if (key.type === 'Literal') return String(key.value)
  return key.type === 'Identifier' && !isComputed ? key.name : undefined
}

/** @returns the nodes that are the name of a member, not of a variable: the `b` of `a.b` and of `{ b: 1 }` */
export function memberKeys(nodes: readonly AnyNode[]): ReadonlySet<AnyNode> {
  return new Set(
    nodes.flatMap((node) => {
      if (node.type === 'MemberExpression') return node.computed ? [] : [node.property]
      if (node.type !== 'Property' && node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition')
        return []
      return node.computed ? [] : [node.key]
    }),
  )
}

/** @returns the names that are declared in these nodes, or given to members */
export function ownNames(nodes: readonly AnyNode[]): OwnNames {
  const inPatterns = new Set(nodes.flatMap((node) => (node.type === 'ObjectPattern' ? node.properties : [])))
  return {
    variables: new Set(nodes.flatMap(declaredPatterns).flatMap(namesInPattern)),
    members: new Set(
      nodes
        .filter((node) => node.type !== 'Property' || !inPatterns.has(node as never))
        .map(definedMember)
        .filter((name) => name !== undefined),
    ),
  }
}

function declaredPatterns(node: AnyNode): Pattern[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id]
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.id ? [node.id, ...node.params] : node.params
    case 'ArrowFunctionExpression':
      return node.params
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id ? [node.id] : []
    case 'CatchClause':
      return node.param ? [node.param] : []
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local]
    default:
      return []
  }
}

function namesInPattern(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesInPattern('argument' in one ? one.argument : one.value))
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one ? namesInPattern(one) : []))
    case 'AssignmentPattern':
      return namesInPattern(pattern.left)
    case 'RestElement':
      return namesInPattern(pattern.argument)
    default:
      return []
  }
}

/** The member that a node defines. Assigning a function defines a method; assigning anything else can be meant for an element. */
function definedMember(node: AnyNode): string | undefined {
  if (node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition')
    return memberName(node.key, node.computed)
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return undefined
  const isMethod = /^(Arrow)?Function|^Class/.test(node.right.type)
  return isMethod ? memberName(node.left.property, node.left.computed) : undefined
}
