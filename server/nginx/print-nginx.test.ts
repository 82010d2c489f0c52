import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

function run(...args: string[]) {
  const script = fileURLToPath(new URL('print-nginx.ts', import.meta.url))
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { encoding: 'utf8' })
}

test('prints a configuration and nothing else, or one line about what is wrong', { timeout: 60_000 }, () => {
  const good = run('--server-name', 'gitlab.example.com', '--gitlab', 'http://127.0.0.1:8181')
  expect(good.stdout).toMatch(/^# GitLab for Jira[\s\S]+\n}\n$/)
  expect(good.stderr).toBe('')
  expect(good.status).toBe(0)

  const wrong = run('--server-name', 'gitlab.example.com')
  expect(wrong.stdout).toBe('')
  expect(wrong.stderr).toBe('--gitlab is missing; for example: --gitlab http://127.0.0.1:8181\n')
  expect(wrong.status).toBe(1)
})
