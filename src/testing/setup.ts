import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

// Atlaskit asks for media queries when it is imported; jsdom has none.
window.matchMedia ??= (media) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList

// jsdom brings binary types of its own, in which the OAuth library does not recognise what Node's crypto gives.
globalThis.Uint8Array = Object.getPrototypeOf(Buffer) as typeof Uint8Array
globalThis.ArrayBuffer = Buffer.alloc(0).buffer.constructor as typeof ArrayBuffer

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
