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
