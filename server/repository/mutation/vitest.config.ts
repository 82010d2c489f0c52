import { defineConfig } from 'vitest/config'

/** Runs the tests beside the modules of `stryker.config.mjs` alone, since each mutant waits for them. */
export default defineConfig({
  test: {
    // What a mutant changes while its module loads is only seen by tests that load it themselves.
    isolate: true,
    restoreMocks: true,
    // Many mutants wait forever; no test of these modules takes longer than a few seconds.
    testTimeout: 10_000,
    include: ['src/{account,oauth,gitlab/bulk,gitlab/installation}/*.test.ts'],
    // Tests none of the modules, and starts shells.
    exclude: ['src/gitlab/installation/set-up-commands.test.ts'],
    environmentOptions: { jsdom: { url: 'http://app.localhost:4701/-/jira_connect/subscriptions' } },
    setupFiles: ['server/repository/mutation/page-without-document.ts'],
  },
})
