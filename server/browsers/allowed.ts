/** What the built scripts ask for before they use it, and do without. */
export const ASKED_FOR_FIRST: readonly string[] = [
  // oauth4webapi
  'Error.captureStackTrace',
  'toBase64',
  'Uint8Array.fromBase64',
  'URL.parse',
  // React; the last two are for view transitions, which the page doesn't use.
  'connection',
  'setImmediate',
  'navigation',
  'startViewTransition',
  // Atlaskit
  'userAgentData',
  // src/pages/lazy-screens.ts
  'cancelIdleCallback',
  'requestIdleCallback',
]

/** Members of libraries' own objects, and of styles, which only have the name of something newer. */
export const OF_LIBRARIES: readonly string[] = [
  // React
  'cssFloat',
  'displayName',
  'Profiler',
  'share',
  'ViewTransition',
  // Atlaskit
  'animation',
  'grow',
]
