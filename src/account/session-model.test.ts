import { array, assert, asyncProperty, boolean, constantFrom, nat, oneof, option, record } from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { fuzzRuns, isFull } from '#src/testing/volume.ts'
import type { Account, Session } from './session.ts'
import { createSession, loadSignIn } from './session.ts'

const APP = 'http://app.localhost:4701'
const GITLAB = 'http://gitlab.localhost:4702/gitlab'
const CLIENT_ID = 'the-client-id'
const HOUR_MS = 3_600_000
const LIFETIME_S = 7_200
const REFRESH_MARGIN_MS = 30_000
const REQUEST_TIMEOUT_MS = 30_000
/** Within this time the page has to notice what it can only find out by looking again. */
const NOTICE_MS = 1_000
/** A window that was cut off so soon wasn't closed by a person; in between, either is possible. */
const SURELY_SOON_MS = 1_500
const SURELY_LATE_MS = 3_000
const CALLBACK = 'jiraConnectOauthCallback'

const users = {
  amira: { id: 2, username: 'amira', name: 'Amira Haddad' },
  jonas: { id: 3, username: 'jonas', name: 'Jonas Lindqvist' },
}
type Person = keyof typeof users

const html = (status: number) =>
  new Response('<h1>Proxy</h1>', { status, headers: { 'content-type': 'text/html' } })

function brokenOff(): Response {
  const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('broken off')) })
  return new Response(body, { headers: { 'content-type': 'application/json' } })
}

/** Responses that say nothing about a sign-in. Null: none that the page can read. */
const foreign = {
  'no connection': () => null,
  'proxy 403': () => html(403),
  'proxy 200': () => html(200),
  'proxy 502': () => html(502),
  'broken off': brokenOff,
  'rate limit': () => Response.json({ error: 'too_many' }, { status: 429 }),
  'gateway 403': () => Response.json({ error: 'Forbidden' }, { status: 403 }),
  'maintenance 403': () => Response.json({ error: 'access_denied' }, { status: 403 }),
} satisfies Record<string, () => Response | null>
type Foreign = keyof typeof foreign

/** What the token endpoint can refuse. */
const refusals = {
  refused: () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
  'client unknown': () => Response.json({ error: 'invalid_client' }, { status: 401 }),
}
type Refusal = keyof typeof refusals

const unknownToken = () => Response.json({ message: '401 Unauthorized' }, { status: 401 })
const invalidToken = () =>
  Response.json(
    { error: 'invalid_token' },
    { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
  )
const isAboutToken = ({ headers }: Response) => headers.has('www-authenticate')

/** `lost`: GitLab did what it was asked, but the response gets lost. */
type How = 'truthful' | 'lost' | Refusal | Foreign

interface FakeWindow {
  closed: boolean
  close(): void
  focus(): void
  location: { replace(url: URL): void }
}

/** One sign-in, from the click until it has ended. */
interface Attempt {
  readonly number: number
  readonly window: FakeWindow
  provideClientId: ((id: string | Error) => void) | undefined
  hasClientId: boolean
  state?: string
  navigatedAt?: number
  person?: Person
  closedAt?: number
  wasFocused: boolean
  /** Whether the callback page's message has arrived while the page waited for it. */
  hasResponded: boolean
  hasExchanged: boolean
  userRequests: number
  userAskedAt?: number
  /** When GitLab's silence began, which takes the page a while to explain. */
  silentSince?: number
  isSettled: boolean
  isOver: boolean
  /** Since then, only promises have run: what was about to be sent may still be. */
  hasJustEnded: boolean
}

/** What GitLab has issued at once. */
interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
  readonly attempt: Attempt
  isExpired: boolean
  /** GitLab no longer knows either token. */
  isUnknown: boolean
  /** By a refresh, or since the page asked for it. */
  isInvalid: boolean
  wasReplaced: boolean
  wasRevoked: boolean
  wasReceived: boolean
  /** By the page's clock. */
  expiresAt: number
  /** Whether the page knows that GitLab doesn't accept the access token. */
  wasRefused: boolean
}

/** A request that the page has sent and that has no response yet. */
interface Held {
  readonly kind: 'exchange' | 'refresh' | 'user' | 'api'
  /** GitLab does what it is asked; its response waits. */
  handle(): void
  answer(how: How): void
}

/** Something on the page asked for a request as the user. */
interface Ask {
  readonly id: number
  readonly attempt: Attempt | undefined
  readonly abort: AbortController
  /** How often it was sent. */
  sent: number
  isSettled: boolean
  response?: { status: number; person?: Person }
  error?: unknown
}

/** A session, a GitLab that responds as it is told to, and what has to hold whatever happens. */
function createModel() {
  const instance = parseInstanceUrl(GITLAB)
  const session: Session = createSession(instance, parseInstanceUrl(APP))
  const attempts: Attempt[] = []
  const pairs: Pair[] = []
  const held: Held[] = []
  const asks: Ask[] = []
  const codes = new Map<string, Attempt>()
  const refreshing = new Set<string>()
  /** Refresh tokens to which the page has received new ones, or a refusal. */
  const spent = new Set<string>()
  /** What the page will conclude from what it has received, as soon as it has read it. */
  let due: (() => void)[] = []
  let status: Account['status'] = 'signed-out'
  /** `any`: there is one, of whatever kind. */
  let failure: 'none' | 'any' | (string & {}) = 'none'
  let isOffline = false
  /** What people have changed of the clock. */
  let clockOffset = 0
  /** Since the last check, so that the page may have read another time. */
  let hasTurnedClock = false
  /** What the page has received since the last check. */
  let fresh: Pair[] = []
  let violation: Error | undefined

  /** @param holds what has to hold; thrown inside the session, it would be taken for a failure of the request */
  function must(holds: boolean, what: string): void {
    if (!holds) violation ??= new Error(`Not so: ${what}`)
  }

  const current = () => attempts.at(-1)
  const isOf = (attempt: Attempt | undefined, phase: Account['status']) =>
    attempt !== undefined && attempt === current() && !attempt.isOver && status === phase

  function end(attempt: Attempt): void {
    attempt.hasJustEnded ||= !attempt.isOver
    attempt.isOver = true
  }

  function finish(attempt: Attempt, code: typeof failure): void {
    if (attempt.isOver) return
    end(attempt)
    if (attempt !== current()) return
    status = 'signed-out'
    failure = code
  }

  function complete(attempt: Attempt): void {
    if (!isOf(attempt, 'signing-in')) return
    status = 'signed-in'
  }

  const finishSoon = (attempt: Attempt, code: typeof failure = 'any') => due.push(() => finish(attempt, code))
  const finishSoonIfSigningIn = (attempt: Attempt) =>
    due.push(() => {
      if (isOf(attempt, 'signing-in')) finish(attempt, 'any')
    })

  /** GitLab refused a new token, which ends the sign-in unless that one has been replaced by then. */
  function expireIfSaid(attempt: Attempt): void {
    const account = session.getAccount()
    if (account.status === 'signed-out' && codeOf(account.failure) === 'session-expired')
      finish(attempt, 'session-expired')
  }

  // The page's windows

  function openWindow(): FakeWindow {
    const window: FakeWindow = {
      closed: false,
      close: () => {
        window.closed = true
      },
      focus: () => undefined,
      location: {
        replace(url) {
          const owner = attempts.find((one) => one.window === window)
          if (!owner) return
          must(!owner.isOver, 'no window goes to GitLab for a sign-in that has ended')
          must(url.href.startsWith(`${GITLAB}/oauth/authorize?`), 'the window goes to its own instance')
          must(url.searchParams.get('client_id') === CLIENT_ID, 'the window gets the client ID')
          owner.state = url.searchParams.get('state') ?? ''
          owner.navigatedAt = performance.now()
        },
      },
    }
    return window
  }

  function post(attempt: Attempt, data: Record<string, unknown>): void {
    const event = new MessageEvent('message', {
      data: { type: CALLBACK, ...data },
      origin: location.origin,
    })
    Object.defineProperty(event, 'source', { value: attempt.window })
    dispatchEvent(event)
  }

  // The page's requests

  function send(input: string | URL, init: RequestInit = {}): Promise<Response> {
    const { signal } = init
    if (signal?.aborted) return Promise.reject(signal.reason)
    const url = new URL(input)
    const body = new URLSearchParams(String(init.body ?? ''))
    const authorization = new Headers(init.headers).get('authorization')
    const all = `${url} ${body} ${authorization}`
    const isOwn = url.href.startsWith(`${GITLAB}/`)
    if (/(access|refresh|code)-\d/.test(all)) {
      must(isOwn, 'tokens go to their own instance')
      must(!/(access|refresh|code)-\d/.test(url.href), 'no token in a URL')
      must(init.redirect === 'error' || init.redirect === 'manual', 'no token follows a redirect')
    }
    if (!isOwn) return Promise.reject(new TypeError('unreachable'))
    const path = url.href.slice(GITLAB.length)
    if (path === '/oauth/revoke') return revoke(body.get('token') ?? '')
    const isRefresh = body.get('grant_type') === 'refresh_token'
    if (path === '/oauth/token')
      return isRefresh ? refresh(body.get('refresh_token') ?? '', signal) : exchange(body, signal)
    // What the page asks to find out why there was no response.
    if (authorization === null) return Promise.reject(new TypeError('unreachable'))
    return askApi(path, authorization.replace('Bearer ', ''), signal)
  }

  function revoke(token: string): Promise<Response> {
    const pair = pairs.find(({ accessToken }) => accessToken === token)
    must(pair?.wasReceived === true, 'only what the page has received can be revoked')
    must(!pair?.wasRevoked, 'a token is revoked once')
    if (pair) pair.wasRevoked = true
    if (isOffline) return Promise.reject(new TypeError('offline'))
    if (pair) pair.isInvalid = true
    return Promise.resolve(Response.json({}))
  }

  /**
   * @param handle what GitLab does once; its result is the truthful response
   * @param receive called with what reaches the page
   */
  function hold(
    kind: Held['kind'],
    signal: AbortSignal | null | undefined,
    handle: () => Response,
    receive: (how: How, response: Response | null) => void,
    onAbort: () => void = () => undefined,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      let truthful: Response | undefined
      const request: Held = {
        kind,
        handle() {
          truthful ??= handle()
        },
        answer(how) {
          remove()
          if (how === 'truthful' || how === 'lost') request.handle()
          const response = how === 'truthful' ? (truthful ?? null) : how === 'lost' ? null : other(kind, how)
          receive(how, response)
          if (response) resolve(response)
          else reject(new TypeError('no response'))
        },
      }
      const abort = () => {
        remove()
        onAbort()
        reject(signal?.reason)
      }
      function remove(): void {
        held.splice(held.indexOf(request), 1)
        signal?.removeEventListener('abort', abort)
      }
      held.push(request)
      signal?.addEventListener('abort', abort)
      if (isOffline) request.answer('no connection')
    })
  }

  function other(kind: Held['kind'], how: Exclude<How, 'truthful' | 'lost'>): Response | null {
    if (how === 'refused' || how === 'client unknown') {
      if (kind === 'api' || kind === 'user') return how === 'refused' ? invalidToken() : unknownToken()
      return refusals[how]()
    }
    return foreign[how]()
  }

  function issue(attempt: Attempt): Pair {
    const name = `${attempt.number}-${pairs.length}`
    const pair: Pair = {
      accessToken: `access-${name}`,
      refreshToken: `refresh-${name}`,
      attempt,
      isExpired: false,
      isUnknown: false,
      isInvalid: false,
      wasReplaced: false,
      wasRevoked: false,
      wasReceived: false,
      expiresAt: Number.POSITIVE_INFINITY,
      wasRefused: false,
    }
    pairs.push(pair)
    return pair
  }

  function receivePair(pair: Pair): void {
    pair.wasReceived = true
    pair.expiresAt = hasTurnedClock ? Number.NEGATIVE_INFINITY : Date.now() + LIFETIME_S * 1_000
    fresh.push(pair)
  }

  const tokenResponse = ({ accessToken, refreshToken }: Pair) =>
    Response.json({
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: LIFETIME_S,
    })

  function exchange(body: URLSearchParams, signal: AbortSignal | null | undefined): Promise<Response> {
    const attempt = codes.get(body.get('code') ?? '')
    if (!attempt) throw new Error('GitLab issued no such code.')
    must(!attempt.hasExchanged, 'a code is used once')
    must(!attempt.isOver, 'no code is used for a sign-in that has ended')
    attempt.hasExchanged = true
    let issued: Pair | undefined
    return hold(
      'exchange',
      signal,
      () => {
        issued = issue(attempt)
        return tokenResponse(issued)
      },
      (how, response) => {
        if (!response) attempt.silentSince = performance.now()
        else if (how !== 'truthful') finishSoon(attempt)
        else if (issued) receivePair(issued)
      },
      () => finishSoon(attempt),
    )
  }

  function refresh(token: string, signal: AbortSignal | null | undefined): Promise<Response> {
    const pair = pairs.find(({ refreshToken }) => refreshToken === token)
    if (!pair) throw new Error('GitLab issued no such token.')
    const { attempt } = pair
    must(!attempt.isOver || attempt.hasJustEnded, 'nothing is refreshed for a sign-in that has ended')
    must(!refreshing.has(token), 'one refresh at a time')
    must(!spent.has(token), 'no refresh token is used again')
    const isLate = pair.expiresAt - Date.now() < REFRESH_MARGIN_MS
    must(isLate || pair.wasRefused || hasTurnedClock, 'nothing is refreshed without a reason')
    refreshing.add(token)
    let issued: Pair | undefined
    return hold(
      'refresh',
      signal,
      () => {
        if (pair.isInvalid || pair.isUnknown) return refusals.refused()
        pair.isInvalid = true
        pair.wasReplaced = true
        issued = issue(attempt)
        return tokenResponse(issued)
      },
      (how, response) => {
        refreshing.delete(token)
        const isRefused = how in refusals || (how === 'truthful' && !issued)
        if (isRefused || how === 'truthful') spent.add(token)
        if (isRefused) due.push(() => finish(attempt, status === 'signed-in' ? 'session-expired' : 'any'))
        else if (how === 'truthful' && issued) receivePair(issued)
        else if (response) finishSoonIfSigningIn(attempt)
        else if (isOf(attempt, 'signing-in')) attempt.silentSince = performance.now()
      },
      () => {
        refreshing.delete(token)
        finishSoonIfSigningIn(attempt)
      },
    )
  }

  function askApi(path: string, token: string, signal: AbortSignal | null | undefined): Promise<Response> {
    const pair = pairs.find(({ accessToken }) => accessToken === token)
    if (!pair) throw new Error('GitLab issued no such token.')
    const { attempt } = pair
    must(!attempt.isOver, 'nothing is asked with the token of a sign-in that has ended')
    must(attempt === current(), 'nothing is asked with the token of another sign-in')
    const respond = () => {
      if (pair.isUnknown) return unknownToken()
      if (pair.isInvalid || pair.isExpired) return invalidToken()
      return Response.json({ ...users[attempt.person ?? 'amira'], path })
    }
    if (path !== '/api/v4/user') {
      const ask = asks[Number(path.split('/').at(-1))]
      must(ask?.attempt === attempt, 'a request carries only a token of the sign-in for which it was asked')
      must(!ask?.abort.signal.aborted, 'a request that was canceled isn’t sent')
      if (ask) ask.sent += 1
      const isSecond = ask?.sent === 2
      return hold('api', signal, respond, (_how, response) => {
        pair.wasRefused ||= response?.status === 401
        if (isSecond && response && isAboutToken(response)) due.push(() => expireIfSaid(attempt))
      })
    }
    must(status === 'signing-in', 'who the user is, is asked only while signing in')
    attempt.userRequests += 1
    attempt.userAskedAt ??= performance.now()
    const isFirst = attempt.userRequests === 1
    return hold(
      'user',
      signal,
      respond,
      (how, response) => {
        pair.wasRefused ||= response?.status === 401
        if (!response) attempt.silentSince = performance.now()
        else if (response.ok && how === 'truthful') due.push(() => complete(attempt))
        else if (!isFirst || !isAboutToken(response)) finishSoon(attempt)
      },
      () => finishSoon(attempt),
    )
  }

  // What has to hold

  const failureOf = (account: Account) => (account.status === 'signed-out' ? account.failure : undefined)

  let seen = session.getAccount()
  session.subscribe(() => {
    const now = session.getAccount()
    const isSame = seen.status === now.status && failureOf(seen) === failureOf(now)
    must(!isSame, 'listeners are called only for a change')
    seen = now
  })

  function observe(): void {
    const attempt = current()
    if (!attempt || attempt.isOver) return
    const now = performance.now()
    const account = session.getAccount()
    const code = codeOf(failureOf(account))
    // The page may notice these at any time until then.
    if (status === 'signing-in' && attempt.closedAt !== undefined && !attempt.hasResponded) {
      const isOverdue = now - attempt.closedAt >= NOTICE_MS
      if (isOverdue || code === 'popup-closed') {
        finish(attempt, 'popup-closed')
        checkClue(attempt, account)
      }
    }
    if (status === 'signing-in' && attempt.silentSince !== undefined) {
      if (now - attempt.silentSince >= NOTICE_MS || account.status === 'signed-out') finish(attempt, 'any')
    }
    if (status === 'signing-in' && attempt.userAskedAt !== undefined)
      if (now - attempt.userAskedAt >= REQUEST_TIMEOUT_MS) finish(attempt, 'any')
  }

  function checkClue({ closedAt = 0, navigatedAt, wasFocused }: Attempt, account: Account): void {
    const clue = (failureOf(account) as { clue?: string } | undefined)?.clue
    const stay = navigatedAt === undefined ? Number.POSITIVE_INFINITY : closedAt - navigatedAt
    if (wasFocused || stay > SURELY_LATE_MS) must(clue === undefined, 'a person closed the window')
    else if (stay < SURELY_SOON_MS) must(clue === 'cut-off-early', 'the window was cut off')
  }

  function check(): void {
    for (const one of due) one()
    due = []
    observe()
    for (const attempt of attempts) attempt.hasJustEnded = false
    hasTurnedClock = false
    fresh = []
    const account = session.getAccount()
    must(account.status === status, `the account is ${status} and not ${account.status}`)
    must(seen === account, 'listeners know the account')
    if (account.status === 'signed-out') {
      const code = codeOf(account.failure)
      if (failure === 'none') must(account.failure === undefined, 'there is no failure')
      else must(account.failure !== undefined, 'there is a failure')
      if (failure !== 'none' && failure !== 'any')
        must(code === failure, `the failure is ${failure}, not ${code}`)
    }
    if (account.status === 'signed-in')
      must(account.user.username === current()?.person, 'the user is the one who has signed in')
    for (const attempt of attempts) {
      const isUnderWay = isOf(attempt, 'signing-in')
      must(attempt.isSettled !== isUnderWay, 'a sign-in settles when it ends, at once')
      if (!isUnderWay) must(attempt.window.closed, 'no window stays open')
      else if (attempt.closedAt === undefined && attempt.hasClientId)
        must(attempt.state !== undefined, 'the window goes to GitLab')
      if (isUnderWay && attempt.hasResponded) must(attempt.hasExchanged, 'the code is used')
    }
    for (const pair of pairs) {
      if (!pair.wasReceived || pair.wasReplaced) continue
      must(
        pair.wasRevoked === pair.attempt.isOver,
        'what was obtained is revoked when the sign-in ends, at once',
      )
    }
    for (const ask of asks) {
      if (ask.abort.signal.aborted || !ask.attempt) must(ask.isSettled, 'nothing waits that can’t succeed')
      if (!ask.attempt && ask.isSettled) must(codeOf(ask.error) === 'session-expired', 'no one is signed in')
      const { response } = ask
      if (response?.status === 200 && response.person)
        must(response.person === ask.attempt?.person, 'the response is for who asked')
    }
    if (violation) throw violation
  }

  // What people and the page do

  const actions = {
    signIn(how: { isLate: boolean; isBlocked: boolean }): void {
      const before = current()
      if (before) end(before)
      if (how.isBlocked) {
        vi.mocked(window.open).mockReturnValueOnce(null)
        status = 'signed-out'
        failure = 'popup-blocked'
        session.signIn(Promise.resolve(CLIENT_ID)).catch(() => must(false, 'signIn never rejects'))
        return
      }
      const opened = openWindow()
      vi.mocked(window.open).mockReturnValueOnce(opened as unknown as Window)
      const attempt: Attempt = {
        number: attempts.length,
        window: opened,
        provideClientId: undefined,
        hasClientId: !how.isLate,
        wasFocused: false,
        hasResponded: false,
        hasExchanged: false,
        userRequests: 0,
        isSettled: false,
        isOver: false,
        hasJustEnded: false,
      }
      attempts.push(attempt)
      status = 'signing-in'
      failure = 'none'
      const clientId = how.isLate
        ? new Promise<string>((resolve, reject) => {
            attempt.provideClientId = (id) => (typeof id === 'string' ? resolve(id) : reject(id))
          })
        : Promise.resolve(CLIENT_ID)
      session.signIn(clientId).then(
        () => {
          attempt.isSettled = true
        },
        () => must(false, 'signIn never rejects'),
      )
      must(session.getAccount().status === 'signing-in', 'it says at once that it signs in')
    },

    provideClientId(id: string | Error): void {
      for (const attempt of attempts) {
        if (!attempt.provideClientId) continue
        attempt.provideClientId(id)
        attempt.provideClientId = undefined
        attempt.hasClientId = typeof id === 'string'
        if (typeof id !== 'string') finishSoon(attempt)
      }
    },

    /** @param back how many windows before the last one */
    respond(back: number, person: Person | undefined): void {
      const attempt = attempts.at(-1 - back)
      // The callback page reaches its opener only as long as the window isn't cut off.
      if (attempt?.state === undefined || attempt.closedAt !== undefined) return
      const isAwaited =
        !attempt.isOver && !attempt.hasResponded && session.getAccount().status === 'signing-in'
      const { state } = attempt
      if (person) {
        const code = `code-${attempt.number}-${codes.size}`
        codes.set(code, attempt)
        if (isAwaited) attempt.person = person
        post(attempt, { success: true, code, state })
      } else {
        post(attempt, { success: false, ...(attempt.number % 2 && { state, error: 'access_denied' }) })
        if (isAwaited) finishSoon(attempt, 'sign-in-denied')
      }
      if (!isAwaited) return
      attempt.hasResponded = true
      attempt.window.closed = true
    },

    /** A message that isn't GitLab's. */
    forge(): void {
      const attempt = current()
      if (attempt) post(attempt, { success: true, code: 'code-0', state: 'forged' })
    },

    closeWindow(isByPerson: boolean): void {
      const attempt = current()
      if (!attempt || attempt.window.closed) return
      attempt.window.closed = true
      attempt.closedAt = performance.now()
      if (!isByPerson) return
      attempt.wasFocused = true
      dispatchEvent(new Event('focus'))
    },

    cancel(): void {
      const attempt = current()
      if (attempt && session.getAccount().status === 'signing-in')
        finish(attempt, due.length > 0 ? 'any' : 'sign-in-cancelled')
      session.cancelSignIn()
    },

    signOut(): void {
      const attempt = current()
      if (attempt) finish(attempt, 'none')
      status = 'signed-out'
      failure = 'none'
      session.signOut().catch(() => must(false, 'signOut never rejects'))
      must(session.getAccount().status === 'signed-out', 'it says at once that no one is signed in')
    },

    ask(): void {
      const isSignedIn = session.getAccount().status === 'signed-in'
      const ask: Ask = {
        id: asks.length,
        attempt: isSignedIn ? current() : undefined,
        abort: new AbortController(),
        sent: 0,
        isSettled: false,
      }
      asks.push(ask)
      const init = ask.id % 3 === 0 ? {} : { signal: ask.abort.signal }
      session
        .authorizedFetch(endpoint(instance, `/api/v4/requests/${ask.id}`), init)
        .then(async (response) => {
          ask.response = { status: response.status }
          const body = await response.json().catch(() => ({}))
          ask.response = { status: response.status, person: body.username }
        })
        .catch((error: unknown) => {
          ask.error = error
        })
        .finally(() => {
          ask.isSettled = true
        })
    },

    abort(at: number): void {
      const open = asks.filter(({ id, isSettled }) => !isSettled && id % 3 !== 0)
      open[at % open.length]?.abort.abort(new Error('canceled'))
    },

    /** To a server that isn't the instance. */
    askElsewhere(): void {
      session.authorizedFetch(new URL(`${APP}/gitlab/api/v4/user`)).then(
        () => must(false, 'nothing is sent elsewhere'),
        (error) => must(error instanceof TypeError || codeOf(error) === 'session-expired', 'it is refused'),
      )
    },

    handle: (at: number) => held[at % held.length]?.handle(),
    answer: (at: number, how: How) => held[at % held.length]?.answer(how),

    answerAll(how: How): void {
      for (const one of [...held]) one.answer(how)
    },

    expire(): void {
      for (const pair of pairs) pair.isExpired = true
    },

    forget(): void {
      for (const pair of pairs) pair.isUnknown = true
    },

    turnClock(hours: number): void {
      clockOffset += hours * HOUR_MS
      hasTurnedClock = true
      for (const pair of fresh) pair.expiresAt = Number.NEGATIVE_INFINITY
    },

    setOffline(offline: boolean): void {
      isOffline = offline
    },
  }

  return {
    actions,
    held,
    asks,
    send,
    check,
    must,
    now: () => performance.now() + clockOffset,
    account: session.getAccount,
    person: () => current()?.person,
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code
}

type Model = ReturnType<typeof createModel>
type Step = (model: Model) => unknown

const named = (name: string, step: Step): Step => Object.assign(step, { toString: () => name })

const person = constantFrom<Person>('amira', 'jonas')
const truthful = nat(4).map((at) => named(`response@${at}`, ({ actions }) => actions.answer(at, 'truthful')))
const anyResponse = record({
  at: nat(4),
  how: constantFrom<How>(
    'lost',
    ...(Object.keys(refusals) as Refusal[]),
    ...(Object.keys(foreign) as Foreign[]),
  ),
}).map(({ at, how }) => named(`${how}@${at}`, ({ actions }) => actions.answer(at, how)))
const handling = nat(4).map((at) => named(`handled@${at}`, ({ actions }) => actions.handle(at)))
const allTruthful = constantFrom(named('all respond', ({ actions }) => actions.answerAll('truthful')))
const signIn = record({
  isLate: nat(3).map((one) => one === 0),
  isBlocked: nat(9).map((one) => one === 0),
}).map((how) =>
  named(`sign in${how.isLate ? ', client ID late' : ''}${how.isBlocked ? ', blocked' : ''}`, ({ actions }) =>
    actions.signIn(how),
  ),
)
const authorized = person.map((who) =>
  named(`authorized by ${who}`, ({ actions }) => actions.respond(0, who)),
)
/** Most sequences should get past what is many steps long on its own. `responses`: how many GitLab gives. */
const signedIn = record({ who: person, responses: constantFrom(0, 1, 2, 2, 2, 2) }).map(
  ({ who, responses }) =>
    named(`sign in as ${who} with ${responses} responses`, async ({ actions }) => {
      actions.signIn({ isLate: false, isBlocked: false })
      await flush()
      actions.respond(0, who)
      for (let turn = 0; turn < responses; turn += 1) {
        await flush()
        actions.answerAll('truthful')
      }
    }),
)
const inWindow = oneof(
  constantFrom(
    named('denied', ({ actions }) => actions.respond(0, undefined)),
    named('earlier window denied', ({ actions }) => actions.respond(1, undefined)),
    named('earlier window authorized', ({ actions }) => actions.respond(1, 'jonas')),
    named('forged', ({ actions }) => actions.forge()),
  ),
)
const closing = constantFrom(
  named('window closed', ({ actions }) => actions.closeWindow(true)),
  named('window cut off', ({ actions }) => actions.closeWindow(false)),
)
const clientId = boolean().map((isKnown) =>
  named(isKnown ? 'client ID' : 'no client ID', ({ actions }) =>
    actions.provideClientId(isKnown ? CLIENT_ID : new Error('no client ID')),
  ),
)
const byUser = constantFrom(
  named('cancel', ({ actions }) => actions.cancel()),
  named('sign out', ({ actions }) => actions.signOut()),
)
const asking = constantFrom(
  named('ask', ({ actions }) => actions.ask()),
  named('ask twice', ({ actions }) => {
    actions.ask()
    actions.ask()
  }),
  named('ask elsewhere', ({ actions }) => actions.askElsewhere()),
)
const askingTooLate = constantFrom(
  named('expired, ask', async ({ actions }) => {
    actions.expire()
    actions.ask()
    await flush()
    actions.answerAll('truthful')
  }),
  named('clock +3 h, ask', ({ actions }) => {
    actions.turnClock(3)
    actions.ask()
  }),
)
const aborting = nat(2).map((at) => named(`abort@${at}`, ({ actions }) => actions.abort(at)))
const expiring = constantFrom(
  named('expired', ({ actions }) => actions.expire()),
  named('clock +2 h', ({ actions }) => actions.turnClock(2)),
  named('clock +5 h', ({ actions }) => actions.turnClock(5)),
)
const rare = constantFrom(
  named('clock -3 h', ({ actions }) => actions.turnClock(-3)),
  named('tokens unknown', ({ actions }) => actions.forget()),
  named('offline', ({ actions }) => actions.setOffline(true)),
  named('online', ({ actions }) => actions.setOffline(false)),
  named('online', ({ actions }) => actions.setOffline(false)),
)
const time = constantFrom(50, 300, 1_000, 2_500, 31_000).map((ms) =>
  named(`${ms} ms pass`, async ({ check }) => {
    await flush()
    check()
    await pass(ms)
    check()
  }),
)

const step = oneof(
  { weight: 4, arbitrary: truthful },
  { weight: 5, arbitrary: anyResponse },
  { weight: 2, arbitrary: handling },
  { weight: 2, arbitrary: allTruthful },
  { weight: 2, arbitrary: signIn },
  { weight: 2, arbitrary: authorized },
  { weight: 5, arbitrary: signedIn },
  { weight: 2, arbitrary: inWindow },
  { weight: 2, arbitrary: closing },
  { weight: 1, arbitrary: clientId },
  { weight: 2, arbitrary: byUser },
  { weight: 3, arbitrary: asking },
  { weight: 6, arbitrary: askingTooLate },
  { weight: 3, arbitrary: aborting },
  { weight: 1, arbitrary: expiring },
  { weight: 1, arbitrary: rare },
  { weight: 2, arbitrary: time },
)

/** `turns`: the number of promise turns after which the next step interrupts what this one has started. */
const steps = array(
  record({ step, turns: option(nat(25), { freq: 2 }) }).map(({ step: one, turns }) =>
    named(turns === null ? `${one}` : `${one} (${turns} turns)`, async (model) => {
      await one(model)
      if (turns === null) {
        await flush()
        model.check()
      }
      for (let turn = 0; turn < (turns ?? 0); turn += 1) await Promise.resolve()
    }),
  ),
  { maxLength: 24, size: 'max' },
)

/** A sequence takes longer than what is usually tried so often. */
const runs = isFull ? fuzzRuns : { ...fuzzRuns, numRuns: 200 }

/** Lets promises run as far as they can without a response. Reading a body, and loading what has been loaded, take more than promises. */
async function flush(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Vitest's own way to do this takes a real millisecond for each timer. */
async function pass(ms: number): Promise<void> {
  const STEP_MS = 100
  for (let left = ms; left > 0; left -= STEP_MS) {
    vi.advanceTimersByTime(Math.min(left, STEP_MS))
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  await flush()
}

/** GitLab responds truthfully to everything, until nothing waits for it. */
async function comeToRest({ actions, held, check }: Model): Promise<void> {
  await flush()
  check()
  for (let turn = 0; held.length > 0; turn += 1) {
    expect(turn, 'comes to rest').toBeLessThan(20)
    actions.answerAll('truthful')
    await flush()
    check()
  }
}

let model: Model
const onUnhandled = () => model.must(false, 'every rejection is handled')

beforeEach(async () => {
  await loadSignIn()
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
  vi.spyOn(Date, 'now').mockImplementation(() => model.now())
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => model.send(input, init))
  vi.spyOn(window, 'open').mockReturnValue(null)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(new DOMException('', 'TimeoutError')), ms)
    return abort.signal
  })
  // The real one runs in another thread, so that nothing could tell when it is done.
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async () => new ArrayBuffer(32))
  process.on('unhandledRejection', onUnhandled)
})

afterEach(() => {
  process.off('unhandledRejection', onUnhandled)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('whatever happens, and in whatever order: no token gets elsewhere, none outlives its sign-in, and the account is right', async () => {
  await assert(
    asyncProperty(steps, async (sequence) => {
      vi.clearAllTimers()
      model = createModel()
      const { actions, asks, check, must } = model
      for (const one of sequence) await one(model)

      actions.setOffline(false)
      actions.provideClientId(CLIENT_ID)
      await comeToRest(model)
      await pass(NOTICE_MS)
      check()
      actions.ask()
      await comeToRest(model)
      must(
        asks.every(({ isSettled }) => isSettled),
        'every request comes to an end',
      )
      const last = asks.at(-1)
      if (model.account().status === 'signed-in')
        must(last?.response?.person === model.person(), 'with a GitLab that responds, a request succeeds')

      actions.signOut()
      await flush()
      check()
      await pass(2 * NOTICE_MS)
      check()
      expect(model.held, 'nothing is sent after signing out').toEqual([])
    }),
    runs,
  )
}, 600_000)
