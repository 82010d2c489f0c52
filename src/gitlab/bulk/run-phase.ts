/** Why a run is paused. */
export type PauseReason =
  /** GitLab asked to wait. Resumes by itself. */
  | 'asked-to-wait'
  /** GitLab can't be reached. Resumes by itself once it can. */
  | 'connection-lost'
  /** The sign-in has ended. Waits for the user. */
  | 'signed-out'
  /** What went wrong would go wrong for every item. Waits for the user. */
  | 'refused'

export type RunPhase = 'running' | PauseReason | 'canceled' | 'finished'

/** The phase without its reason. */
export type RunStatus = Exclude<RunPhase, PauseReason> | 'paused'

export type RunEvent =
  | 'gitlab-asks-to-wait'
  | 'wait-ends'
  | 'connection-breaks'
  /** The actual state was to be read, and couldn't be. */
  | 'reading-fails'
  | 'reading-succeeds'
  | 'sign-in-ends'
  /** A failure that every item would have, three failures alike in a row, or GitLab asking to wait for too long. */
  | 'gitlab-refuses'
  | 'user-resumes'
  | 'user-cancels'
  | 'user-retries'
  /** All items that were to be sent have a result. */
  | 'work-ends'
  /** The same, but earlier the run was canceled, and some items were never sent. */
  | 'partial-work-ends'

/**
 * What each event makes of each phase; an event that a phase doesn't list changes nothing. A pause that needs the user
 * outweighs one that ends by itself, and the first reason of its kind stays.
 */
const TRANSITIONS: Readonly<Record<RunPhase, Readonly<Partial<Record<RunEvent, RunPhase>>>>> = {
  running: {
    'gitlab-asks-to-wait': 'asked-to-wait',
    'connection-breaks': 'connection-lost',
    'reading-fails': 'connection-lost',
    'sign-in-ends': 'signed-out',
    'gitlab-refuses': 'refused',
    'user-cancels': 'canceled',
    'work-ends': 'finished',
    'partial-work-ends': 'canceled',
  },
  'asked-to-wait': {
    'gitlab-asks-to-wait': 'asked-to-wait',
    'wait-ends': 'running',
    'reading-fails': 'connection-lost',
    'sign-in-ends': 'signed-out',
    'gitlab-refuses': 'refused',
    'user-resumes': 'running',
    'user-cancels': 'canceled',
  },
  'connection-lost': {
    'reading-fails': 'connection-lost',
    'reading-succeeds': 'running',
    'sign-in-ends': 'signed-out',
    'gitlab-refuses': 'refused',
    'user-resumes': 'running',
    'user-cancels': 'canceled',
  },
  'signed-out': { 'user-resumes': 'running', 'user-cancels': 'canceled' },
  refused: { 'user-resumes': 'running', 'user-cancels': 'canceled' },
  canceled: { 'user-retries': 'running' },
  finished: { 'user-retries': 'running' },
}

/** @returns the phase after an event; undefined if the event changes nothing */
export function phaseAfter(phase: RunPhase, event: RunEvent): RunPhase | undefined {
  return TRANSITIONS[phase][event]
}

/** @returns whether a run in this phase sends nothing more before the user asks for it */
export function isStopped(phase: RunPhase): boolean {
  return phase === 'signed-out' || phase === 'refused' || hasEnded(phase)
}

/** @returns whether it is over, and not only paused */
export function hasEnded(phase: RunPhase): phase is 'canceled' | 'finished' {
  return phase === 'canceled' || phase === 'finished'
}

export function statusOf(phase: RunPhase): RunStatus {
  return phase === 'running' || hasEnded(phase) ? phase : 'paused'
}
