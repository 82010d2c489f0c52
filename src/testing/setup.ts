import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

// Atlaskit asks for media queries when it is imported; jsdom has none.
window.matchMedia ??= (media) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList

// What the page complains about on the console is a defect, in tests too.
const complaints = vi.fn()

beforeEach(() => {
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(complaints)
})

afterEach(() => {
  cleanup()
  expect(complaints).not.toHaveBeenCalled()
  complaints.mockClear()
  vi.restoreAllMocks()
})
