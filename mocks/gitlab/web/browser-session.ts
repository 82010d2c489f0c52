import { randomUUID } from 'node:crypto'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'
import type { Session, User } from '#mocks/gitlab/world/store.ts'

const COOKIE = '_gitlab_session'

/** The session of a browser; `isNew`: its cookie hasn't been sent yet. */
export interface BrowserSession {
  readonly id: string
  readonly session: Session
  readonly user: User | null
  readonly isNew: boolean
}

/** The session of the cookie, or a new one that isn't signed in. */
export function sessionOf(instance: Instance, request: Request): BrowserSession {
  const cookies = request.headers.get('Cookie') ?? ''
  const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(cookies)?.[1] ?? ''
  const known = instance.store.sessions.get(id)
  return known ? browserSession(instance, id, known, false) : newSession(instance, { username: null })
}

/** A session with a new ID; `sessionHeaders` saves it. */
export function newSession(
  instance: Instance,
  { username, returnTo = null }: { username: string | null; returnTo?: string | null },
): BrowserSession {
  const session: Session = { username, returnTo, formToken: randomUUID() }
  const id = randomUUID()
  return browserSession(instance, id, session, true)
}

/**
 * Saves a new session and returns the header that sets its cookie. With SameSite=Lax, frames and requests of other sites
 * don't send the cookie.
 */
export function sessionHeaders(
  instance: Instance,
  { id, session, isNew }: BrowserSession,
): Record<string, string> {
  if (!isNew) return {}
  instance.store.sessions.set(id, session)
  const path = relativeRoot(instance.publicUrl) || '/'
  return { 'Set-Cookie': `${COOKIE}=${id}; Path=${path}; HttpOnly; SameSite=Lax` }
}

function browserSession(instance: Instance, id: string, session: Session, isNew: boolean): BrowserSession {
  const user = session.username === null ? null : (instance.store.users.get(session.username) ?? null)
  return { id, session, user, isNew }
}
