/** Everything that isn't committed, in a folder that Git and all tools ignore. */
const OUTPUT = '.cache/mutation'

export default {
  // Where a mistake is hardest to see: who is signed in, who gets a token, and what has become of each group.
  mutate: [
    'src/account/{session,credentials}.ts',
    'src/oauth/{popup,authorize,token-requests}.ts',
    'src/gitlab/installation/{context-token,connect-backend}.ts',
    'src/gitlab/bulk/*.ts',
    '!src/**/*.test.ts',
  ],
  // Codes, events and paths are checked by the compiler or by a mock; what remains are words that no user reads.
  mutator: { excludedMutations: ['StringLiteral'] },

  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'server/repository/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  timeoutMS: 10_000,
  concurrency: 2,

  // What the tests need, and nothing else, is copied.
  ignorePatterns: [
    '**',
    '!package.json',
    '!tsconfig*.json',
    '!vitest.config.ts',
    '!src/**',
    '!mocks/**',
    '!server/repository/mutation/**',
  ],
  tempDirName: `${OUTPUT}/sandbox`,
  reporters: ['progress', 'clear-text', 'html', 'json'],
  htmlReporter: { fileName: `${OUTPUT}/report.html` },
  jsonReporter: { fileName: `${OUTPUT}/report.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
}
