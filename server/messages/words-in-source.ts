import ts from 'typescript'

/** Attributes and properties whose value users read or hear. */
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'ariaLabel',
  'label',
  'placeholder',
  'textContent',
  'title',
])

/** Attributes with a language of their own. */
const TECHNICAL = new Set(['className', 'd', 'viewBox'])

/** Two words, or one that begins like a sentence. */
const LIKE_WORDS = /\p{L}{2,}[,;:]?\s+\p{L}|^\p{Lu}\p{Ll}+\P{L}*$/u

/** What the page makes only for developers, who read it in English. */
const FOR_DEVELOPERS = /^(console\.\w+|\w*Error)$/

/** Operators whose result is one of their operands. */
const CHOICES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])

/**
 * @param path ends in `.tsx` if there is JSX
 * @returns the words in a module that belong in a file of messages: every text where something is shown, and elsewhere,
 * whatever looks like words
 */
export function wordsInSource(path: string, content: string): string[] {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true)
  const found: string[] = []

  function visit(node: ts.Node): void {
    if (isApart(node)) return
    const text = textOf(node)
    if (text !== undefined && (isShown(node) ? /\p{L}/u : LIKE_WORDS).test(text))
      found.push(text.trim().replaceAll(/\s+/g, ' '))
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isJsxText(node) || ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : undefined
}

/** Whether nothing below a node is shown to users. */
function isApart(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true
  if (ts.isJsxAttribute(node)) return TECHNICAL.has(node.name.getText())
  if (ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)) return true
  return (
    (ts.isNewExpression(node) || ts.isCallExpression(node)) && FOR_DEVELOPERS.test(node.expression.getText())
  )
}

/** Whether what a text belongs to is shown as it is: the content of an element, or an attribute that is spoken. */
function isShown(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return true
  let value = node
  while (isPartOfValue(value)) value = value.parent
  const { parent } = value
  if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) return true
  const place = ts.isJsxExpression(parent) ? parent.parent : parent
  if (ts.isJsxAttribute(place) || ts.isPropertyAssignment(place)) return SPOKEN.has(place.name.getText())
  if (ts.isBinaryExpression(place) && place.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return ts.isPropertyAccessExpression(place.left) && SPOKEN.has(place.left.name.text)
  return false
}

/** Whether a node can become its parent's value, as either side of a choice can, but not the condition. */
function isPartOfValue(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isConditionalExpression(parent)) return parent.condition !== node
  if (ts.isBinaryExpression(parent)) return CHOICES.has(parent.operatorToken.kind)
  return ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent) || ts.isParenthesizedExpression(parent)
}
