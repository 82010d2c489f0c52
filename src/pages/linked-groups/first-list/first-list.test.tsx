import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { firstPaint } from '#src/pages/first-paint.tsx'
import { showFirstList } from './first-list.ts'

beforeEach(() => {
  document.body.innerHTML = renderToStaticMarkup(firstPaint())
  onTestFinished(() => document.body.replaceChildren())
})

function groups(count: number, change: Partial<LinkedGroup> = {}): LinkedGroup[] {
  return Array.from({ length: count }, (_, index) => ({
    subscriptionId: String(index),
    groupId: index,
    name: `Team ${index}`,
    fullName: `Acme / Team ${index}`,
    avatarUrl: undefined,
    linkedAt: undefined,
    ...change,
  }))
}

const names = () => [...document.querySelectorAll('li [data-field="name"]')].map((name) => name.textContent)
const shown = () =>
  [...document.querySelectorAll('[role=status] > [inert]')].map(({ localName }) => localName)

test('the list shows by name, in the place of its placeholder, and nothing of it can be used', () => {
  expect(showFirstList(groups(3).toReversed(), 'en')).toBe(true)
  expect(names()).toEqual(['Team 0', 'Team 1', 'Team 2'])
  expect(shown()).toEqual(['ul'])
  expect(document.querySelectorAll('li input')).toHaveLength(3)
})

test.each([
  [1, 1, ['ul']],
  [6, 6, ['div', 'label', 'ul']],
  [31, 30, ['div', 'label', 'button', 'ul']],
])('a list of %i groups takes as much room as it will: %i rows', (count, rows, parts) => {
  showFirstList(groups(count), 'en')
  expect(names()).toHaveLength(rows)
  expect(shown()).toEqual(parts)
})

test('a single group can’t be selected', () => {
  showFirstList(groups(1), 'en')
  expect(document.querySelector('li input')).toBeNull()
})

test('names, paths and descriptions are text', () => {
  const nasty = '<img src=x onerror=alert(1)>'
  showFirstList(
    groups(2, { name: nasty, fullName: `A / B / C / D / E / F / ${nasty}`, description: nasty }),
    'en',
  )
  expect(document.querySelector('img, script')).toBeNull()
  expect(names()).toEqual([nasty, nasty])
  expect(document.querySelector('li [data-field="path"]')).toHaveTextContent(
    `A / B / C / D / E / F / ${nasty}`,
  )
  expect(document.querySelector('li [data-field="description"]')).toHaveTextContent(nasty)
})

test('only texts that may be too long for their line can be cut off', () => {
  const long = 'A name that is longer than the line'
  const marked = () => [...document.querySelectorAll('li [data-long=true]')].map((each) => each.textContent)
  showFirstList(groups(2, { description: 'Short' }), 'en')
  expect(marked()).toEqual([])

  document.body.innerHTML = renderToStaticMarkup(firstPaint())
  showFirstList(groups(1, { name: long, fullName: `Acme / ${long}`, description: `${long}.` }), 'en')
  expect(marked()).toEqual([long, `Acme / ${long}`, `${long}.`])
})

test('a group without a description has no line for it', () => {
  showFirstList(groups(2), 'en')
  expect(document.querySelector('li [data-field="description"]')).toBeNull()
})

test('without groups, and where React has taken over, nothing shows', () => {
  expect(showFirstList([], 'en')).toBe(false)
  document.body.replaceChildren()
  expect(showFirstList(groups(2), 'en')).toBe(false)
})
