import compile from 'icu-minify/compile'
import { expect, test } from 'vitest'
import { pseudoMessage } from './pseudo-locale.ts'

test('a text in the pseudo-locale has brackets around it, accents, and 40% more characters', () => {
  const text = 'Sign in to GitLab to link groups. You don’t need to sign in to view or unlink groups.'
  const pseudo = String(pseudoMessage(text))
  expect(pseudo).toMatch(/^⟦Šííĝñ ííñ ťóó ĜííťĻááƀ .*⟧$/)
  expect(pseudo.length - '⟦⟧'.length).toBeGreaterThanOrEqual(1.4 * text.length)
})

test('the values of a message stay what they are, and each form of a plural is changed', () => {
  const message = compile('{name}: {count, plural, one {# group} other {# groups}}, {count, number}')
  expect(pseudoMessage(message)).toEqual([
    '⟦',
    ['name'],
    expect.stringMatching(/^: /),
    [
      'count',
      2,
      { one: [0, expect.stringMatching(/^ ĝŕóóúúp/)], other: [0, expect.stringMatching(/^ ĝŕóóúúpš/)] },
    ],
    expect.stringMatching(/^, /),
    ['count', 4],
    '⟧',
  ])
})
