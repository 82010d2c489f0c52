import { expect, test } from 'vitest'
import { atlaskitCss } from './atlaskit-css.ts'

const { transform } = atlaskitCss() as unknown as { transform(code: string, id: string): string | undefined }

test('a shorthand never undoes what another class of the same component sets, whichever style sheet came last', () => {
  const css = '._11c8fhey{font:var(--x)}\n._k48p1wq8{font-weight:500}\n._ab12:hover{border:0}'
  expect(transform(css, '/node_modules/@atlaskit/button/base.compiled.css')).toBe(
    ':where(._11c8fhey){font:var(--x)}\n._k48p1wq8{font-weight:500}\n:where(._ab12):hover{border:0}',
  )
})

test('style sheets of the page itself stay as they are', () => {
  expect(transform('.button{font:inherit}', '/src/pages/parts/button.module.css')).toBeUndefined()
})
