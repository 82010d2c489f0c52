/** What has become of one item of a run. */
type ItemResult =
  | { readonly status: 'waiting' | 'running' | 'done' | 'already' }
  | { readonly status: 'failed'; readonly error: unknown }

/** Why a run does not go on just now. */
type PauseReason =
  /** GitLab asked to wait. Goes on by itself. */
  | 'asked-to-wait'
  /** GitLab cannot be reached. Goes on by itself once it can. */
  | 'connection-lost'
  /** Nobody is signed in any more. Goes on when told to. */
  | 'signed-out'
  /** What went wrong would go wrong for every item alike. Goes on when told to. */
  | 'refused'

interface Pause {
  readonly reason: PauseReason
  readonly error: unknown
  /** When the run goes on by itself, in milliseconds since the epoch; undefined where nobody can say. */
  readonly until?: number | undefined
}

export interface BulkState<T> {
  readonly status: 'running' | 'paused' | 'cancelled' | 'finished'
  /** Why it is paused; undefined while it is not. */
  readonly pause: Pause | undefined
  /** Nothing is under way, and nothing will be before somebody asks for it. */
  readonly isAtRest: boolean
  /** In the order of the items. Always the newest: only the state around it is a snapshot. */
  readonly results: ReadonlyMap<T, ItemResult>
  readonly counts: Readonly<Record<ItemResult['status'], number>>
  /** Estimated time until the end; undefined while too little is known. */
  readonly remainingMs: number | undefined
}

export interface BulkRun<T> {
  getState(): BulkState<T>
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void
  /** Sends nothing more. What is under way is let finish, since nobody could tell what became of it otherwise. */
  cancel(): void
  /** Goes on after a pause, at once. */
  resume(): void
  /** Once the run has ended: begins again with the failed items only. */
  retryFailed(): void
}

export interface BulkRunOptions<T> {
  readonly items: readonly T[]
  /** Does what is wanted for one item. What it throws is judged by its `code`. */
  readonly perform: (item: T) => Promise<'done' | 'already'>
  /** Reads what is so by now. @returns whether what was wanted for an item is so */
  readonly readTruth: () => Promise<(item: T) => boolean>
  /** How many are under way at once; default 4. */
  readonly concurrency?: number | undefined
}

const DEFAULT_CONCURRENCY = 4
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A server may ask for any time; nobody waits for longer than this in front of a page. */
const LONGEST_ASKED_WAIT_MS = 60 * 60_000
/** Who is asked to wait for so long without a single success has to decide. */
const PATIENCE_MS = 10 * 60_000
/** How often one item is sent while the connection breaks again and again. */
const MOST_ATTEMPTS = 3
/** So many items in a row that fail alike: the others would, too. */
const STREAK = 3

const WAITING: ItemResult = { status: 'waiting' }
const RUNNING: ItemResult = { status: 'running' }

/**
 * Does the same for many items, a few at a time, through whatever happens in between: slows down when GitLab asks to
 * wait, pauses while there is no connection or nobody is signed in, and stops when it would go wrong for all alike.
 * After a request whose outcome nobody knows, it reads what is so before it sends anything twice. Starts at once.
 */
export function createBulkRun<T>(options: BulkRunOptions<T>): BulkRun<T> {
  const { items, perform, readTruth, concurrency = DEFAULT_CONCURRENCY } = options
  const results = new Map<T, ItemResult>(items.map((item) => [item, WAITING]))
  const counts = { waiting: results.size, running: 0, done: 0, already: 0, failed: 0 }
  const listeners = new Set<() => void>()
  const attempts = new Map<T, number>()
  let queue = [...results.keys()]
  /** Items of which nobody knows yet whether the last request took effect, and how it failed. */
  let doubts: { readonly item: T; readonly error: unknown }[] = []
  let status: BulkState<T>['status'] = 'running'
  let pause: Pause | undefined
  let underWay = 0
  let isSettling = false
  /** How many may be under way just now: after a pause one goes first. */
  let limit = concurrency
  let nextWaitMs = FIRST_WAIT_MS
  let askedToWaitSince: number | undefined
  /** What failed last, how often in a row, and which of these items still count as failed. */
  let streak: { readonly code: string; count: number; items: T[] } = { code: '', count: 0, items: [] }
  let wake: (() => void) | undefined
  /** Time spent working and what was finished in it, for the estimate. */
  let workedMs = 0
  let workingSince = Date.now()
  let finished = 0
  let state = snapshot()

  function snapshot(): BulkState<T> {
    const isStopped =
      status === 'cancelled' ||
      status === 'finished' ||
      pause?.reason === 'signed-out' ||
      pause?.reason === 'refused'
    return {
      status,
      pause,
      isAtRest: isStopped && underWay === 0 && !isSettling,
      results,
      counts: { ...counts },
      remainingMs: remainingMs(),
    }
  }

  function remainingMs(): number | undefined {
    if (finished === 0 || status === 'cancelled') return undefined
    const worked = workedMs + (status === 'running' ? Date.now() - workingSince : 0)
    const pauseMs = pause?.until === undefined ? 0 : Math.max(0, pause.until - Date.now())
    return pauseMs + (worked / finished) * (queue.length + counts.running)
  }

  function emit(): void {
    state = snapshot()
    for (const listener of listeners) listener()
  }

  function become(next: BulkState<T>['status'], why?: Pause): void {
    if (status === 'running') workedMs += Date.now() - workingSince
    if (next === 'running') workingSince = Date.now()
    status = next
    pause = why
  }

  function set(item: T, result: ItemResult): void {
    counts[results.get(item)?.status ?? 'waiting'] -= 1
    counts[result.status] += 1
    results.set(item, result)
  }

  function putBack(item: T): void {
    set(item, WAITING)
    if (status !== 'cancelled' && !queue.includes(item)) queue.unshift(item)
  }

  /** Sends what may be sent now, and notices the end. */
  function pump(): void {
    while (status === 'running' && underWay < limit && queue.length > 0) void work(queue.shift() as T)
    const mayEnd = status !== 'paused' || pause?.reason === 'connection-lost'
    if (underWay === 0 && !isSettling && mayEnd) {
      if (doubts.length > 0) void settle()
      else if (status === 'running') become(counts.waiting > 0 ? 'cancelled' : 'finished')
    }
    emit()
  }

  async function work(item: T): Promise<void> {
    underWay += 1
    set(item, RUNNING)
    try {
      succeed(item, await perform(item))
    } catch (error) {
      judge(item, error)
    }
    underWay -= 1
    pump()
  }

  function succeed(item: T, how: 'done' | 'already'): void {
    set(item, { status: how })
    finished += 1
    streak = { code: '', count: 0, items: [] }
    askedToWaitSince = undefined
    nextWaitMs = FIRST_WAIT_MS
    limit = Math.min(limit + 1, concurrency)
  }

  function judge(item: T, error: unknown): void {
    const code = codeOf(error)
    switch (meaningOf(code)) {
      case 'wait':
        putBack(item)
        waitAsAsked(error)
        break
      case 'signed-out':
        putBack(item)
        stop('signed-out', error)
        break
      case 'everyone':
        putBack(item)
        stop('refused', error)
        break
      case 'connection':
        doubts.push({ item, error })
        if (status === 'running') become('paused', { reason: 'connection-lost', error })
        break
      case 'uncertain':
        // Looked up with the others at the end: reading the list for each of them would take its time.
        doubts.push({ item, error })
        fail(item, error)
        break
      case 'item':
        fail(item, error)
    }
  }

  function fail(item: T, error: unknown): void {
    const code = codeOf(error)
    set(item, { status: 'failed', error })
    finished += 1
    if (meaningOf(code) === 'item') return
    if (streak.code !== code) streak = { code, count: 0, items: [] }
    streak.count += 1
    streak.items.push(item)
    if (streak.count < STREAK || status === 'cancelled') return
    // Not the items' own fault: they wait with the others.
    for (const alike of streak.items) putBack(alike)
    finished -= streak.items.length
    streak.items = []
    stop('refused', error)
  }

  /** Pauses until somebody asks to go on. A reason that needs somebody outweighs one that passes by itself. */
  function stop(reason: 'signed-out' | 'refused', error: unknown): void {
    if (status === 'cancelled' || pause?.reason === 'signed-out' || pause?.reason === 'refused') return
    become('paused', { reason, error })
    wake?.()
  }

  function waitAsAsked(error: unknown): void {
    const isFirst = status === 'running'
    if (!isFirst && pause?.reason !== 'asked-to-wait') return
    askedToWaitSince ??= Date.now()
    if (Date.now() - askedToWaitSince > PATIENCE_MS) {
      stop('refused', error)
      return
    }
    const asked = retryAfterMsOf(error)
    // Several were under way, and all were refused: that is one refusal.
    if (!isFirst && asked === undefined) return
    const waitMs = asked ?? nextWaitMs
    if (isFirst) nextWaitMs = Math.min(nextWaitMs * 2, LONGEST_WAIT_MS)
    const until = Math.max(pause?.until ?? 0, Date.now() + waitMs)
    if (until === pause?.until) return
    limit = 1
    wake?.()
    become('paused', { reason: 'asked-to-wait', error, until })
    void rest(until - Date.now(), false).then(() => {
      if (pause?.until !== until) return
      become('running')
      pump()
    })
  }

  /** Reads what is so, as often as it takes, and decides what is in doubt. */
  async function settle(): Promise<void> {
    if (isSettling) return
    isSettling = true
    let waitMs = FIRST_WAIT_MS
    while (doubts.length > 0) {
      const batch = doubts
      doubts = []
      try {
        const isSo = await readTruth()
        for (const { item, error } of batch) decide(item, error, isSo(item))
        waitMs = FIRST_WAIT_MS
      } catch (error) {
        if (status === 'cancelled') {
          for (const doubt of batch) decide(doubt.item, doubt.error, false)
          continue
        }
        doubts = [...batch, ...doubts]
        if (meaningOf(codeOf(error)) === 'everyone') stop('refused', error)
        if (pause?.reason === 'signed-out' || pause?.reason === 'refused') break
        become('paused', { reason: 'connection-lost', error })
        emit()
        await rest(waitMs, true)
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      }
    }
    isSettling = false
    if (pause?.reason === 'connection-lost') {
      limit = 1
      become('running')
    }
    pump()
  }

  function decide(item: T, error: unknown, isSo: boolean): void {
    const before = results.get(item)?.status
    if (isSo) {
      if (before === 'done' || before === 'already') return
      if (before === 'failed') finished -= 1
      queue = queue.filter((one) => one !== item)
      succeed(item, 'done')
      return
    }
    // It is certain now that it was not done, and what was said about it stands.
    if (before !== 'running') return
    const tried = (attempts.get(item) ?? 0) + 1
    attempts.set(item, tried)
    if (tried < MOST_ATTEMPTS && status !== 'cancelled') putBack(item)
    else fail(item, error)
  }

  /** Resolves after a time, or when somebody does not want to wait; if wanted, also when the browser is online again. */
  function rest(ms: number, untilOnline: boolean): Promise<void> {
    return new Promise((resolve) => {
      function end(): void {
        clearTimeout(timer)
        removeEventListener('online', end)
        if (wake === end) wake = undefined
        resolve()
      }
      const timer = setTimeout(end, Math.min(ms, LONGEST_ASKED_WAIT_MS))
      if (untilOnline) addEventListener('online', end)
      wake = end
    })
  }

  pump()
  return {
    getState: () => state,

    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    cancel() {
      if (status === 'finished' || status === 'cancelled') return
      queue = []
      become('cancelled')
      wake?.()
      pump()
    },

    resume() {
      if (status !== 'paused') return
      if (pause?.reason === 'connection-lost' && isSettling) {
        wake?.()
        return
      }
      limit = 1
      askedToWaitSince = undefined
      streak = { code: '', count: 0, items: [] }
      become('running')
      wake?.()
      if (doubts.length > 0) void settle()
      else pump()
    },

    retryFailed() {
      if (!state.isAtRest || status === 'paused') return
      attempts.clear()
      streak = { code: '', count: 0, items: [] }
      for (const [item, result] of results) {
        if (result.status !== 'failed') continue
        set(item, WAITING)
        queue.push(item)
      }
      finished = 0
      workedMs = 0
      limit = concurrency
      become('running')
      pump()
    },
  }
}

type Meaning = 'wait' | 'signed-out' | 'everyone' | 'connection' | 'uncertain' | 'item'

/** What the code of an error means for a whole run; every other one concerns its item alone. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'too-many-requests': 'wait',
  'session-expired': 'signed-out',
  'access-token-refused': 'everyone',
  'access-token-missing': 'everyone',
  'scope-missing': 'everyone',
  'gitlab-account-refused': 'everyone',
  'context-token-refused': 'everyone',
  'jira-user-unreadable': 'everyone',
  'jira-user-not-administrator': 'everyone',
  'not-found': 'everyone',
  'blocked-by-policy': 'everyone',
  'jira-silent': 'everyone',
  'jira-refused': 'everyone',
  'gitlab-unreachable': 'connection',
  'gitlab-too-slow': 'connection',
  'cors-refused': 'connection',
  'browser-offline': 'connection',
  'local-network-refused': 'connection',
  'token-endpoint-unreachable': 'connection',
  'token-endpoint-busy': 'connection',
  'gitlab-broken': 'uncertain',
  'answer-unexpected': 'uncertain',
}

function meaningOf(code: string): Meaning {
  return MEANINGS[code] ?? 'item'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function retryAfterMsOf(error: unknown): number | undefined {
  const seconds = error instanceof Error && 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined
  return typeof seconds === 'number' ? Math.min(seconds * 1000, LONGEST_ASKED_WAIT_MS) : undefined
}
