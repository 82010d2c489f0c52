/** Whether this is `npm run test:full`, in which nothing is left out that only takes time. */
export const isFull = import.meta.env.MODE === 'full'

/** How often a property is tried. Without a fixed seed, an unlucky one would fail a change that didn't cause it. */
export const fuzzRuns = isFull ? { numRuns: 10_000 } : { numRuns: 300, seed: 1 }
