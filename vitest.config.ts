import { defineConfig } from 'vitest/config'
import { messages } from './server/messages/vite-plugin.ts'
import { nginxServerBlock } from './server/vite/server-block.ts'

const test = {
  // Tests clean up after themselves. Loading all modules again for each file would take a third of the time.
  isolate: false,
  // A busy machine is no reason to fail.
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/** A test that serves over HTTP: Hono's adapter replaces `Request` and `Response` for good, and MSW's are the original. */
const HTTP_SERVER = 'mocks/http-server.test.ts'

export default defineConfig(({ mode }) => ({
  test: {
    // On two cores, the least that the tests run on, Vitest would leave one idle. A third worker uses the time in which the
    // tests of the other two wait.
    maxWorkers: 3,
    projects: [
      {
        mode,
        test: { ...test, name: 'mocks', include: ['mocks/**/*.test.ts'], exclude: [HTTP_SERVER] },
      },
      {
        mode,
        test: { ...test, name: 'server', include: ['{server,e2e}/**/*.test.ts', HTTP_SERVER] },
      },
      {
        mode,
        plugins: [messages(), nginxServerBlock()],
        test: {
          ...test,
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
