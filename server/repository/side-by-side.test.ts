import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runSideBySide } from './side-by-side.ts'

const job = (name: string, script: string) => ({ name, command: process.execPath, args: ['-e', script] })

async function run(...jobs: Parameters<typeof runSideBySide>[0]) {
  const printed: string[] = []
  const failed = await runSideBySide(jobs, (text) => printed.push(text))
  return { failed, printed: printed.join('') }
}

/** Waits for a file, so that its command ends only after another one has written it. */
const waitFor = (file: string) =>
  `const { existsSync } = require('node:fs'); const timer = setInterval(() => { if (existsSync(${JSON.stringify(file)})) clearInterval(timer) }, 10);`
const write = (file: string) => `require('node:fs').writeFileSync(${JSON.stringify(file)}, '');`

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'written')
}

test('commands run at the same time, and the output of each stays in one piece', async () => {
  const [first, second] = [aFile(), aFile()]
  const { failed, printed } = await run(
    job(
      'one',
      `${write(first)} console.log('one begins'); ${waitFor(second)} process.on('exit', () => console.log('one ends'))`,
    ),
    job('two', `${waitFor(first)} process.on('exit', () => { console.log('two'); ${write(second)} })`),
  )
  expect(failed).toEqual([])
  expect(printed).toContain('✓ one\none begins\none ends\n')
  expect(printed).toContain('✓ two\ntwo\n')
})

test('one that fails fails the whole, is named with what it said, and ends the others', async () => {
  const started = aFile()
  const { failed, printed } = await run(
    job('endless', `${write(started)} setInterval(() => undefined, 1_000)`),
    job(
      'broken',
      `${waitFor(started)} process.on('exit', () => { console.error('the reason'); process.exitCode = 3 })`,
    ),
  )
  expect(existsSync(started)).toBe(true)
  expect(failed).toEqual(['broken'])
  expect(printed).toBe('✗ broken: exit code 3\nthe reason\n')
})

test('a command that can’t be started fails the whole', async () => {
  const { failed, printed } = await run({ name: 'missing', command: 'no-such-command', args: [] })
  expect(failed).toEqual(['missing'])
  expect(printed).toContain('✗ missing: spawn no-such-command ENOENT')
})
