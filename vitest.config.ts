import { defineConfig } from 'vitest/config'

const node = {
  name: 'node',
  environment: 'node',
  include: ['{mocks,server,e2e}/**/*.test.ts'],
}

export default defineConfig({
  test: {
    // Two cores are the least that the tests run on; by itself Vitest leaves one of them idle.
    maxWorkers: 2,
    projects: [
      { test: node },
      {
        define: { __BUILD__: JSON.stringify('test') },
        test: {
          name: 'page',
          environment: 'jsdom',
          // Each test cleans up after itself; loading the page's modules anew for each file would take a third of the time.
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
