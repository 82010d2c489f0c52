import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { scopedClassName } from '#server/vite/css-module-names.ts'

/*
 * Neither the compiler nor a screen test notices a misspelled class name: to TypeScript every name is a string, and
 * Vitest's CSS Modules have every name.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What each page that a browser opens can use without importing it. */
const GLOBAL_SHEETS: Record<string, string> = {
  'index.html': 'src/app/global.css',
  'callback.html': 'src/callback.css',
}

type Files = ReadonlyMap<string, string>

interface Uses {
  /** Names read from a CSS module, as in `styles.name`: by the module's path. */
  readonly fromModules: ReadonlyMap<string, ReadonlySet<string>>
  /** Names written out, as in `className="name"`. */
  readonly literal: ReadonlySet<string>
  /** Uses of a module that hide which names are read. */
  readonly unclear: readonly string[]
}

/** @returns what is wrong with the class names of these files (path → content), a line each */
function problemsIn(files: Files): string[] {
  const paths = [...files.keys()]
  const sheets = paths.filter((path) => path.endsWith('.module.css'))
  const code = paths
    .filter((path) => usesClasses(path, files))
    .map((path) => usesIn(path, contentOf(files, path)))
  const problems = code.flatMap(({ unclear }) => unclear)

  for (const path of new Set([...sheets, ...code.flatMap(({ fromModules }) => [...fromModules.keys()])])) {
    const used = new Set(code.flatMap(({ fromModules }) => [...(fromModules.get(path) ?? [])]))
    problems.push(...compare(path, used, classesIn(contentOf(files, path))))
  }
  for (const [page, path] of Object.entries(GLOBAL_SHEETS)) {
    const used = new Set(literalClassesIn(contentOf(files, page)))
    if (page === 'index.html') for (const { literal } of code) for (const name of literal) used.add(name)
    problems.push(...compare(path, used, classesIn(contentOf(files, path))))
  }

  const scoped = sheets.flatMap((path) =>
    [...classesIn(contentOf(files, path))].map((name) => scopedClassName(name, path)),
  )
  for (const name of new Set(scoped.filter((other, index) => scoped.indexOf(other) < index)))
    problems.push(`${name}: two classes of this name would share their styles`)
  return problems
}

/** Whether a file can use a class at all: parsing all of them would take seconds. */
function usesClasses(path: string, files: Files): boolean {
  return /\.tsx?$/.test(path) && /\.module\.css|\bclassName\b/.test(contentOf(files, path))
}

function contentOf(files: Files, path: string): string {
  return files.get(path) ?? ''
}

function compare(path: string, used: ReadonlySet<string>, declared: ReadonlySet<string>): string[] {
  const isModule = path.endsWith('.module.css')
  return [
    ...[...used].filter((name) => !declared.has(name)).map((name) => `${path}: has no .${name}`),
    ...[...declared].filter((name) => !used.has(name)).map((name) => `${path}: nothing uses .${name}`),
    ...[...declared]
      .filter((name) => isModule && !/^[a-z][a-zA-Z0-9]*$/.test(name))
      .map((name) => `${path}: .${name} is not in camelCase`),
  ]
}

/** The classes in the selectors of a style sheet: each is followed by a block. */
function classesIn(css: string): Set<string> {
  const rules = css.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return new Set([...rules.matchAll(/\.([a-zA-Z_][\w-]*)(?=[^{}]*\{)/g)].map(([, name = '']) => name))
}

function literalClassesIn(html: string): string[] {
  return [...html.matchAll(/\bclass="([^"]*)"/g)].flatMap(([, names = '']) => words(names))
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function usesIn(path: string, content: string): Uses {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true)
  const fromModules = new Map<string, Set<string>>()
  const literal = new Set<string>()
  const unclear: string[] = []
  const imported = new Map<string, Set<string>>()

  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const { text } = statement.moduleSpecifier
    if (!text.endsWith('.module.css')) continue
    const sheet = text.startsWith('#') ? text.slice(1) : posix.join(posix.dirname(path), text)
    const names = new Set<string>()
    fromModules.set(sheet, names)
    const local = statement.importClause?.name
    if (local) imported.set(local.text, names)
    else unclear.push(`${path}: imports ${text} otherwise than as a whole`)
  }

  function visit(node: ts.Node): void {
    if (ts.isIdentifier(node)) {
      const names = imported.get(node.text)
      if (names && isReference(node)) {
        const { parent } = node
        if (ts.isPropertyAccessExpression(parent)) names.add(parent.name.text)
        else unclear.push(`${path}: uses ${node.text} otherwise than as ${node.text}.name`)
      }
    }
    const value = classNameSetBy(node)
    if (value) for (const name of stringsIn(value)) for (const word of words(name)) literal.add(word)
    node.forEachChild(visit)
  }
  visit(source)
  return { fromModules, literal, unclear }
}

/** Whether an identifier refers to a variable, rather than naming a property, an attribute or an import. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  return !ts.isJsxAttribute(parent) && !ts.isImportClause(parent)
}

/** The value of `className="…"` or `element.className = …`. */
function classNameSetBy(node: ts.Node): ts.Node | undefined {
  if (ts.isJsxAttribute(node) && node.name.getText() === 'className') return node.initializer
  const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isAssignment && /\.className$/.test(node.left.getText()) ? node.right : undefined
}

function stringsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    return [node.text]
  const strings: string[] = []
  node.forEachChild((child) => void strings.push(...stringsIn(child)))
  return strings
}

function readFiles(): Files {
  const src = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(tsx?|css)$/.test(file) && !/\.test\.tsx?$|^src\/testing\//.test(file))
  const paths = [...Object.keys(GLOBAL_SHEETS), ...src]
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]))
}

test('every class that the page uses has a style, and every style is used', () => {
  expect(problemsIn(readFiles())).toEqual([])
})

test('every style sheet besides the global ones is a CSS module', () => {
  const sheets = [...readFiles().keys()].filter(
    (path) => path.endsWith('.css') && !path.endsWith('.module.css'),
  )
  expect(sheets.toSorted()).toEqual(Object.values(GLOBAL_SHEETS).toSorted())
})

test('misspelled, unused and unclear class names are caught', () => {
  const files = new Map([
    ['index.html', '<div class="ac-content"></div>'],
    ['callback.html', '<p class="opener-lost"></p>'],
    ['src/app/global.css', '.ac-content { margin: 0 } .visually-hidden { margin: 0.5px } /* .old { } */'],
    ['src/callback.css', '[data-opener] .opener-lost { display: block }'],
    [
      'src/pages/list/row.module.css',
      '.row > .name:hover { color: red } @media (max-width: 9px) { .row-path { color: url(a.png) } } .gone { top: 0 }',
    ],
    [
      'src/pages/list/row.tsx',
      `import styles from './row.module.css'
       import shared from '#src/pages/parts/shared.module.css'
       import sheet from '#src/pages/parts/sheet.module.css'
       export const Row = ({ kind }) => (
         <li className={styles.row} styles="x">
           <b className={kind ? styles.nmae : 'visually-hiden'}>{styles[kind]}</b>
           <i className={\`\${shared.hint} \${sheet.hint} visually-hidden\`} />
         </li>
       )`,
    ],
    ['src/pages/parts/shared.module.css', '.hint { top: 0 }'],
    ['src/pages/parts/sheet.module.css', '.hint { top: 0 }'],
  ])
  expect(problemsIn(files).toSorted()).toEqual([
    's-hint: two classes of this name would share their styles',
    'src/app/global.css: has no .visually-hiden',
    'src/pages/list/row.module.css: .row-path is not in camelCase',
    'src/pages/list/row.module.css: has no .nmae',
    'src/pages/list/row.module.css: nothing uses .gone',
    'src/pages/list/row.module.css: nothing uses .name',
    'src/pages/list/row.module.css: nothing uses .row-path',
    'src/pages/list/row.tsx: uses styles otherwise than as styles.name',
  ])
})
