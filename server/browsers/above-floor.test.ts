import { describe, expect, test } from 'vitest'
import { aboveFloor } from './above-floor.ts'
import { knownNames } from './browser-data.ts'

const known = knownNames(
  new Map([
    ['chrome', '120'],
    ['firefox', '125'],
    ['safari', '17.4'],
  ]),
)

/** @returns the names of what is found in scripts that run together */
const namesFound = (...scripts: readonly string[]) =>
  aboveFloor(new Map(scripts.map((script, index) => [`${index}.js`, script])), known).map(({ name }) => name)

describe('what a browser of the floor doesn’t have is found', () => {
  test.each([
    ['a function of the browser', 'requestIdleCallback(f)', 'requestIdleCallback'],
    ['a class of the browser', 'new CloseWatcher()', 'CloseWatcher'],
    ['a class of the browser that is packed into an object', 'a = { CloseWatcher }', 'CloseWatcher'],
    ['a class of the language', 'new Float16Array(1)', 'Float16Array'],
    ['a static method', 'URL.parse(a)', 'URL.parse'],
    ['a static method of the language', 'Promise.try(f)', 'Promise.try'],
    ['a class in a namespace', 'new Intl.DurationFormat()', 'Intl.DurationFormat'],
    ['a method of an object', 'new Set(a).union(b)', 'union'],
    ['a method that may be missing', 'document.startViewTransition?.(f)', 'startViewTransition'],
    ['a property', 'element.ariaActiveDescendantElement', 'ariaActiveDescendantElement'],
    ['a property by its text', 'navigator["userAgentData"]', 'userAgentData'],
    ['a property that is unpacked', 'const { userAgentData: a } = navigator', 'userAgentData'],
    ['a global of the window', 'window.CloseWatcher', 'CloseWatcher'],
  ])('%s', (_what, script, name) => {
    expect(namesFound(script)).toEqual([name])
  })

  test.each([
    ['an attribute of an import', 'import a from "a" with { type: "json" }'],
    ['a modifier in a regular expression', 'a = /(?i:a)/'],
    ['a resource that is disposed of', '{ using a = b }'],
  ])('syntax: %s', (_what, script) => {
    expect(namesFound(script)).toEqual([expect.stringMatching(/^SyntaxError/)])
  })
})

describe('what the floor has is let through', () => {
  test.each([
    ['by any of the objects that have it', 'a.map(f)'],
    ['a static method', 'AbortSignal.any(a); URL.canParse(a); Promise.withResolvers()'],
    ['a class in a namespace', 'new Intl.Segmenter()'],
    ['a property', 'a.ariaExpanded'],
    ['a method that is called like a newer function of the window', 'new Intl.Locale(a).maximize()'],
    ['syntax', 'class A { static { this.#a ??= /[a--b]/v } static #a }'],
  ])('%s', (_what, script) => {
    expect(namesFound(script)).toEqual([])
  })
})

test('what scripts define themselves is theirs, in whichever file', () => {
  expect(namesFound('export class A { union() {} }', 'a.union(b)')).toEqual([])
  expect(namesFound('a.union = function () {}', 'a.union(b)')).toEqual([])
  expect(namesFound('function URL() {} URL.parse = () => a; URL.parse()')).toEqual([])
  expect(namesFound('const { a: [CloseWatcher = 1] } = b; CloseWatcher()')).toEqual([])
})
