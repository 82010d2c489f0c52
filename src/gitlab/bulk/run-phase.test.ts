import { expect, test } from 'vitest'
import type { RunEvent, RunPhase } from './run-phase.ts'
import { phaseAfter, statusOf } from './run-phase.ts'

const bySelf = ['asked-to-wait', 'connection-lost'] as const
const byUser = ['signed-out', 'refused'] as const

test.each(bySelf)('a pause for %s ends by itself, and gives way to one that needs the user', (phase) => {
  const ends: RunEvent = phase === 'asked-to-wait' ? 'wait-ends' : 'reading-succeeds'
  expect(phaseAfter(phase, ends)).toBe('running')
  expect(phaseAfter(phase, 'sign-in-ends')).toBe('signed-out')
  expect(phaseAfter(phase, 'gitlab-refuses')).toBe('refused')
})

test.each(byUser)('a pause for %s ends only when the user resumes or cancels', (phase) => {
  const events: RunEvent[] = [
    'gitlab-asks-to-wait',
    'wait-ends',
    'connection-breaks',
    'reading-fails',
    'reading-succeeds',
    'sign-in-ends',
    'gitlab-refuses',
    'work-ends',
  ]
  expect(events.map((event) => phaseAfter(phase, event))).toEqual(events.map(() => undefined))
  expect(phaseAfter(phase, 'user-resumes')).toBe('running')
  expect(phaseAfter(phase, 'user-cancels')).toBe('canceled')
})

test('a wait that GitLab asks for does not end a pause without a connection', () => {
  expect(phaseAfter('connection-lost', 'gitlab-asks-to-wait')).toBeUndefined()
  expect(phaseAfter('connection-lost', 'wait-ends')).toBeUndefined()
})

test.each<RunPhase>(['canceled', 'finished'])('a run that is %s goes on only for another try', (phase) => {
  expect(phaseAfter(phase, 'user-resumes')).toBeUndefined()
  expect(phaseAfter(phase, 'connection-breaks')).toBeUndefined()
  expect(phaseAfter(phase, 'user-retries')).toBe('running')
})

test('every reason to pause has the status paused, and every other phase its own name', () => {
  for (const phase of [...bySelf, ...byUser]) expect(statusOf(phase)).toBe('paused')
  for (const phase of ['running', 'canceled', 'finished'] as const) expect(statusOf(phase)).toBe(phase)
})
