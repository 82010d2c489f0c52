import type { Network } from '#mocks/network.ts'
import { hostPageFile } from './host-page-files.ts'
import type { ContextTokenResult, HostPageState, ModuleUrl } from './host-page-state.ts'
import { checkDescriptor } from './installable-descriptor.ts'
import type { Installation, InstallKey } from './installation.ts'
import {
  contextToken,
  installedEvent,
  newClientKey,
  newSharedSecret,
  sharedInstallKey,
  signedPageUrl,
} from './installation.ts'
import type { JiraPersonName } from './people.ts'
import { people } from './people.ts'
import { userResource } from './rest-api.ts'
import type { JiraSettings } from './settings.ts'
import { initialSettings, parseSettingsPatch } from './settings.ts'

/** How the panel starts and ends scenarios; the site itself doesn't know what they do. */
export interface ScenarioControl {
  readonly all: readonly { readonly name: string; readonly sentence: string }[]
  /** The name of the current scenario; null: none. */
  current(): string | null
  /**
   * Resets everything and starts a scenario, or none if null.
   * @throws {Error} with one line when there is no scenario of that name
   */
  choose(name: string | null): Promise<void>
  /** Restores the settings that the scenario changed, and keeps all data. */
  mend(): void
}

export interface JiraOptions {
  /** No trailing slash. */
  publicUrl: string
  /** Origin (and sub-path, if any) of the host that serves the app. No trailing slash. */
  appUrl: string
  network: Network
  /** URL of the self-managed instance, shown in the panel. */
  gitlabUrl?: string
  /** What the panel's "Reset" does; default: resets only this stand-in and installs the app again. */
  onReset?: () => Promise<void>
  /** The scenarios in the panel; default none. */
  scenarios?: ScenarioControl
  /** Milliseconds since the epoch; default `Date.now`. */
  now?: () => number
}

/** Delay of a late context token; the page gives up after ten seconds. */
const LATE_MS = 5000

/** A stand-in for one Jira Cloud site, with at most one installation of one app. */
export interface Jira {
  readonly publicUrl: string
  /** Can be changed while it runs. Changes of theme, locale, sandbox or time zone show when the host page is reloaded. */
  readonly settings: JiraSettings
  handle(request: Request): Promise<Response>
  /**
   * Installs the app as Jira does: reads and validates the descriptor, creates a shared secret, sends the signed
   * `installed` event. If the app is already installed, it gets the same client key and a new secret.
   * @throws {Error} with a sentence that says what refused
   */
  install(): Promise<void>
  /**
   * @returns a context token for the person, by default the administrator
   * @throws {Error} when the app isn't installed
   */
  contextToken(person?: JiraPersonName): string
  /** Initial settings, no app installed. */
  reset(): void
}

/** @returns a new stand-in with its own state; only the install key is shared with others */
export function createJira(options: JiraOptions): Jira {
  const { publicUrl, appUrl, network } = options
  const now = options.now ?? Date.now
  const settings = initialSettings()
  const clientKey = newClientKey()
  let installation: Installation | undefined
  let installKey: InstallKey | undefined

  async function install(): Promise<void> {
    const app = checkDescriptor(await fetchDescriptor(), appUrl)
    installKey = await sharedInstallKey()
    const next: Installation = { app, clientKey, sharedSecret: newSharedSecret() }
    const response = await network(installedEvent(next, installKey, publicUrl, now()))
    if (!response.ok) {
      throw new Error(
        `The app responded to Jira's "installed" event with HTTP ${response.status}; it is not installed.`,
      )
    }
    installation = next
  }

  async function fetchDescriptor(): Promise<unknown> {
    const url = `${appUrl}/-/jira_connect/app_descriptor.json`
    const response = await network(new Request(url, { headers: { accept: 'application/json' } }))
    if (!response.ok)
      throw new Error(`Jira can't read the app's descriptor: ${url} responded with HTTP ${response.status}.`)
    try {
      return await response.json()
    } catch {
      throw new Error(`Jira can't read the app's descriptor: ${url} is not JSON.`)
    }
  }

  function requireInstallation(): Installation {
    if (!installation) throw new Error('The app is not installed on this Jira site.')
    return installation
  }

  function tokenFor(person: JiraPersonName): string {
    const { accountId } = people[person]
    return contextToken(requireInstallation(), accountId, settings.contextTokenLifetimeSeconds, now())
  }

  async function contextTokenResult(): Promise<ContextTokenResult> {
    if (settings.getToken === 'late') await new Promise((resolve) => setTimeout(resolve, LATE_MS))
    if (settings.getToken === 'expired') {
      const { accountId } = people[settings.user]
      return { outcome: 'answers', token: contextToken(requireInstallation(), accountId, -60, now()) }
    }
    if (settings.getToken === 'silent') return { outcome: 'silent' }
    if (settings.getToken === 'rejects')
      return { outcome: 'rejects', reason: 'Jira could not create a context token.' }
    return { outcome: 'answers', token: tokenFor(settings.user) }
  }

  // Jira shows this page only to administrators, because of the module's condition `user_is_admin`. The stand-in shows it
  // to every user, so that you can see how GitLab responds to others: someone can lose the role while the page is open, or
  // have it through a group that GitLab doesn't accept.
  function moduleUrl(): ModuleUrl {
    const current = requireInstallation()
    const { app } = current
    return {
      addonKey: app.key,
      moduleKey: app.module.key,
      title: app.module.name,
      url: signedPageUrl(current, people[settings.user].accountId, publicUrl, now()),
    }
  }

  function state(problem: string | null = null): HostPageState {
    const { user, theme, locale, timeZone, sandbox } = settings
    return {
      settings: { user, theme, locale, timeZone, sandbox },
      people,
      appUrl,
      gitlabUrl: options.gitlabUrl ?? null,
      scenarios: options.scenarios?.all ?? [],
      scenario: options.scenarios?.current() ?? null,
      problem,
    }
  }

  function reset(): void {
    Object.assign(settings, initialSettings())
    installation = undefined
  }

  async function control(action: string, request: Request): Promise<Response> {
    // Pages of other sites must not be able to use these controls; browsers send Origin with every POST.
    if (request.headers.get('origin') !== new URL(publicUrl).origin) {
      return Response.json({ error: 'Only the host page itself may use its controls.' }, { status: 403 })
    }
    if (action === 'settings') {
      Object.assign(settings, parseSettingsPatch(await request.json()))
    } else if (action === 'install') {
      await install()
    } else if (action === 'reset') {
      if (options.onReset) {
        await options.onReset()
      } else {
        reset()
        await install()
      }
    } else if (action === 'scenario' && options.scenarios) {
      const { name } = (await request.json()) as { name?: unknown }
      await options.scenarios.choose(typeof name === 'string' && name !== '' ? name : null)
    } else if (action === 'mend' && options.scenarios) {
      options.scenarios.mend()
    } else {
      return notFound()
    }
    return Response.json(state())
  }

  async function route(request: Request): Promise<Response> {
    const url = new URL(request.url)
    // With localhost or 127.0.0.1 in the address bar, the page's origin would differ from the one in its signed URL.
    if (url.origin !== new URL(publicUrl).origin)
      return Response.redirect(publicUrl + url.pathname + url.search, 302)
    const path = url.pathname
    if (request.method === 'POST') {
      const action = /^\/control\/([a-z]+)$/.exec(path)?.[1]
      return action ? control(action, request) : notFound()
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound()
    if (path === '/context-token') return Response.json(await contextTokenResult())
    if (path === '/module-url') return Response.json(moduleUrl())
    if (path === '/rest/api/3/user') return userResource(request, installation, settings, now())
    if (path.startsWith('/install-keys/')) return publicKey(path.slice('/install-keys/'.length))
    const problem = path === '/' && request.method === 'GET' ? await applyQuery(url.searchParams) : null
    const file = await hostPageFile(path, () => state(problem))
    return file ?? notFound()
  }

  /** @returns why the scenario didn't start; null: it did, or the query has none */
  async function applyQuery(query: URLSearchParams): Promise<string | null> {
    const scenario = query.get('scenario')
    if (scenario !== null && options.scenarios) {
      try {
        await options.scenarios.choose(scenario || null)
      } catch (error) {
        return messageOf(error)
      }
    }
    const names = ['user', 'theme', 'locale', 'timeZone', 'sandbox']
    Object.assign(
      settings,
      parseSettingsPatch(Object.fromEntries([...query].filter(([name]) => names.includes(name)))),
    )
    return null
  }

  function publicKey(keyId: string): Response {
    if (installKey?.keyId !== keyId) return notFound()
    return new Response(installKey.publicKeyPem, { headers: { 'content-type': 'application/x-pem-file' } })
  }

  return {
    publicUrl,
    settings,
    install,
    reset,
    contextToken: (person = 'admin') => tokenFor(person),
    async handle(request) {
      try {
        const response = await route(request)
        if (!response.headers.has('cache-control') && response.status < 300) {
          response.headers.set('cache-control', 'no-store')
        }
        return response
      } catch (error) {
        return Response.json(
          { error: messageOf(error) },
          { status: 409, headers: { 'cache-control': 'no-store' } },
        )
      }
    },
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const notFound = () => new Response('Not found', { status: 404 })
