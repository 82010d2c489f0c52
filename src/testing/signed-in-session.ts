import type { Session } from '#src/account/session.ts'
import { createSession } from '#src/account/session.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { endpoint, parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import type { GitLabWindow } from './gitlab-window.ts'
import { mockGitLabPopup } from './gitlab-window.ts'
import type { TestWorld, WorldOptions } from './world.ts'
import { APP_URL, startWorld } from './world.ts'

export interface SessionWorld {
  readonly world: TestWorld
  readonly instance: InstanceUrl
  readonly session: Session
  readonly popup: GitLabWindow
  /** Signs in, and completes GitLab's window. */
  signIn(person?: string): Promise<void>
  /** Starts signing in; settles when the sign-in does. */
  startSignIn(): Promise<void>
  /** A URL of the instance's API. */
  api(path: string): URL
}

/** A session for one instance, signed out, without the page. */
export async function startSession(options: Partial<WorldOptions> = {}): Promise<SessionWorld> {
  const world = await startWorld({ instance: 'gitlab', ...options })
  const instance = parseInstanceUrl(world.instance.publicUrl)
  const session = createSession(instance, parseInstanceUrl(APP_URL))
  const popup = mockGitLabPopup(world)
  const startSignIn = () => session.signIn(Promise.resolve(world.instance.store.oauthApplication.clientId))
  return {
    world,
    instance,
    session,
    popup,
    startSignIn,
    api: (path) => endpoint(instance, `/api/v4${path}`),
    async signIn(person) {
      const signedIn = startSignIn()
      await popup.authorize(person)
      await signedIn
    },
  }
}
