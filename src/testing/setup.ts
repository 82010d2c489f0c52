import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, expect, vi } from 'vitest'

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 10_000 })

// Atlaskit asks for media queries when it is imported; jsdom has none.
window.matchMedia ??= (media) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList

// jsdom lays nothing out; a list that shows only what is in view must believe that it has some room.
Object.defineProperty(Element.prototype, 'clientHeight', { value: 300 })

// jsdom brings binary types of its own, in which the OAuth library does not recognise what Node's crypto gives.
globalThis.Uint8Array = Object.getPrototypeOf(Buffer) as typeof Uint8Array
globalThis.ArrayBuffer = Buffer.alloc(0).buffer.constructor as typeof ArrayBuffer

// Atlaskit's feature gates: all closed, as in the build (app/feature-gates.ts).
Object.assign(window, {
  __CRITERION__: {
    getFeatureFlagOverride: () => false,
    getExperimentValueOverride: (_experiment: string, _parameter: string, fallback: unknown) => fallback,
  },
})

// What the page complains about on the console is a defect, in tests too.
const complaints = vi.fn()

beforeEach(() => {
  complaints.mockClear()
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(complaints)
})

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  expect(complaints).not.toHaveBeenCalled()
})
