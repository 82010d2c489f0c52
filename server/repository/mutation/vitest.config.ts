import { defineConfig } from 'vitest/config'
import { page } from '../../../vitest.config.ts'

/** Runs the tests beside the modules of `stryker.config.mjs` alone, since each mutant waits for them. */
export default defineConfig({
  ...page,
  test: {
    ...page.test,
    include: ['src/{account,oauth,gitlab/bulk,gitlab/installation}/*.test.ts'],
    // Many mutants wait forever; no test of these takes longer than a few seconds.
    testTimeout: 10_000,
  },
})
