import { defineConfig } from 'vitest/config'

const node = {
  name: 'node',
  environment: 'node',
  include: ['{mocks,server,e2e}/**/*.test.ts'],
}

export default defineConfig({
  test: {
    // On two cores, the least that the tests run on, Vitest would leave one idle.
    maxWorkers: 2,
    projects: [
      { test: node },
      {
        define: { __BUILD__: JSON.stringify('test') },
        test: {
          name: 'page',
          environment: 'jsdom',
          // Tests clean up after themselves. Reloading the page's modules for each file would take a third of the time.
          isolate: false,
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
})
