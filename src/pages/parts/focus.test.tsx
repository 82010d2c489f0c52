import { render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { useInView } from './focus.ts'

afterEach(() => {
  vi.useRealTimers()
})

function Appearing() {
  return <div ref={useInView<HTMLDivElement>()} />
}

/** @returns how often something was brought into view */
function countShown(): () => number {
  const show = vi.spyOn(Element.prototype, 'scrollIntoView').mockReturnValue(undefined)
  return () => show.mock.calls.length
}

test('what appears is brought into view at once, and again when Jira’s frame has grown', () => {
  const shown = countShown()
  render(<Appearing />)
  expect(shown()).toBe(1)
  dispatchEvent(new Event('resize'))
  dispatchEvent(new Event('resize'))
  expect(shown()).toBe(2)
})

test('where the frame didn’t have to grow, a later change of its size moves nothing', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const shown = countShown()
  render(<Appearing />)
  vi.advanceTimersByTime(2_000)
  dispatchEvent(new Event('resize'))
  expect(shown()).toBe(1)
})
