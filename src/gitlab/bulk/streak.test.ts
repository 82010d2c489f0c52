import { expect, test } from 'vitest'
import { createStreak } from './streak.ts'

const failure = (code: string) => Object.assign(new Error(), { code })

test('tells nothing before the third failure alike, then returns each item once', () => {
  const streak = createStreak<number>()
  expect(streak.add(1, failure('gitlab-broken'))).toEqual([])
  expect(streak.add(2, failure('gitlab-broken'))).toEqual([])
  expect(streak.add(3, failure('gitlab-broken'))).toEqual([1, 2, 3])
  expect(streak.add(4, failure('gitlab-broken'))).toEqual([4])
})

test('begins again with another reason, and when it is ended', () => {
  const streak = createStreak<number>()
  streak.add(1, failure('gitlab-broken'))
  streak.add(2, failure('gitlab-broken'))
  expect(streak.add(3, failure('answer-unexpected'))).toEqual([])
  streak.add(4, failure('answer-unexpected'))
  streak.end()
  expect(streak.add(5, failure('answer-unexpected'))).toEqual([])
})

test('failures without a reason are alike, and those that aren’t errors, too', () => {
  const streak = createStreak<number>()
  streak.add(1, new Error('no code'))
  streak.add(2, 'no error')
  expect(streak.add(3, undefined)).toEqual([1, 2, 3])
})

test('returns items again after a reset only', () => {
  const streak = createStreak<number>()
  const addThree = () => [1, 2, 3].map((item) => streak.add(item, failure('gitlab-broken'))).at(-1)
  addThree()
  streak.end()
  expect(addThree()).toEqual([])
  streak.reset()
  expect(addThree()).toEqual([1, 2, 3])
})
