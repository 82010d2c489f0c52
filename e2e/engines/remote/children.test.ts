import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, test, vi } from 'vitest'
import { Children } from './children.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }

/** Starts a child that starts one itself, and tells their folder and process group. */
const PARENT = `
  import { Children } from ${JSON.stringify(new URL('./children.ts', import.meta.url).href)}
  const children = await Children.inNewFolder('children-test-')
  const child = await children.start('sh', ['-c', 'sleep 300 & sleep 300'], { stdio: 'ignore' })
  console.log(JSON.stringify({ folder: children.folder, group: child.pid }))`

test('a browser and its folder don’t outlive the process that started them, even if that is killed', async () => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', PARENT]
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
  const { folder, group } = JSON.parse(line) as { folder: string; group: number }
  expect(existsSync(folder)).toBe(true)
  expect(isRunning(group)).toBe(true)

  parent.kill('SIGKILL')

  await vi.waitFor(() => expect([existsSync(folder), isRunning(group)]).toEqual([false, false]), PATIENCE)
}, 120_000)

test('a program that doesn’t end when it’s asked to is killed', async () => {
  const children = await Children.inNewFolder('children-test-', 0.5)
  const { pid = 0 } = await children.start('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], {
    stdio: 'ignore',
  })
  await children.end()

  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), PATIENCE)
  expect(existsSync(children.folder)).toBe(false)
}, 120_000)

function isRunning(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}
