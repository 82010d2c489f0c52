import { expect, test } from 'vitest'
import { nginxCommand } from './nginx-command.ts'
import { NGINX_USAGE } from './nginx-options.ts'

test('prints a configuration and nothing else, or one line about what is wrong', () => {
  expect(nginxCommand(['--server-name', 'gitlab.example.com', '--gitlab', 'http://127.0.0.1:8181'])).toEqual({
    output: expect.stringMatching(/^# GitLab for Jira: [\s\S]+\n}\n$/),
  })
  expect(nginxCommand(['--server-name', 'gitlab.example.com'])).toEqual({
    problem: '--gitlab is missing; for example: --gitlab http://127.0.0.1:8181',
  })
})

test('--help prints the usage, whatever else is wrong', () => {
  expect(nginxCommand(['--help', '--path', '?'])).toEqual({ output: NGINX_USAGE })
})
