import { defineConfig } from 'vitest/config'

const node = {
  name: 'node',
  environment: 'node',
  include: ['{mocks,server}/**/*.test.ts', 'architecture.test.ts'],
}

export default defineConfig({
  test: {
    projects: [
      { test: node },
      {
        test: {
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
})
