import { defineConfig } from 'vitest/config'

/** Tests clean up after themselves. Loading all modules again for each file would take a third of the time. */
const common = { isolate: false }

export default defineConfig(({ mode }) => ({
  test: {
    // On two cores, the least that the tests run on, Vitest would leave one idle.
    maxWorkers: 2,
    projects: [
      {
        mode,
        test: {
          ...common,
          name: 'node',
          environment: 'node',
          include: ['{mocks,server,e2e}/**/*.test.ts'],
          // A busy machine is no reason to fail.
          testTimeout: 60_000,
        },
      },
      {
        mode,
        define: { __BUILD__: JSON.stringify('test') },
        test: {
          ...common,
          name: 'page',
          environment: 'jsdom',
          include: ['src/**/*.test.{ts,tsx}'],
          setupFiles: ['src/testing/setup.ts'],
          environmentOptions: {
            jsdom: { url: 'http://app.localhost:4701/-/jira_connect/subscriptions' },
          },
          css: false,
        },
      },
    ],
  },
}))
