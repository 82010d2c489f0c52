import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { simplifyComputedStyles } from './computed-style.ts'
import { leaveOutUnreadDiagnostics } from './unread-diagnostics.ts'

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 10_000 })

leaveOutUnreadDiagnostics()

// Atlaskit asks for media queries when it is imported; jsdom has none.
window.matchMedia ??= (media) =>
  ({ media, matches: false, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList

simplifyComputedStyles()

// As the build puts it into index.html.
const build = document.createElement('meta')
build.name = 'gitlab-for-jira-build'
build.content = 'test'
if (!document.querySelector('meta[name="gitlab-for-jira-build"]')) document.head.append(build)

// jsdom has no layout; a list that renders only the rows in view needs some height.
Object.defineProperty(Element.prototype, 'clientHeight', { value: 300 })
Element.prototype.scrollIntoView ??= () => undefined

// jsdom says so only while an element has the focus.
Document.prototype.hasFocus = () => true

// jsdom has binary types of its own, in which the OAuth library doesn't recognize what Node's crypto returns.
globalThis.Uint8Array = Object.getPrototypeOf(Buffer) as typeof Uint8Array
globalThis.ArrayBuffer = Buffer.alloc(0).buffer.constructor as typeof ArrayBuffer

// Atlaskit's feature gates: all closed, as in the build (app/feature-gates.ts).
Object.assign(window, {
  __CRITERION__: {
    getFeatureFlagOverride: () => false,
    getExperimentValueOverride: (_experiment: string, _parameter: string, fallback: unknown) => fallback,
  },
})

// As in the page, where it's there before most failures happen. Its own test takes it away.
beforeAll(async () => {
  const { loadFailurePanel } = await import('#src/pages/failure/failure.tsx')
  const { loadSilenceRules } = await import('#src/gitlab/client/client.ts')
  await Promise.all([loadFailurePanel(), loadSilenceRules()])
})

// An error or warning on the console is a defect, in tests too.
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
