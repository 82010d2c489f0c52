import { setTimeout as sleep } from 'node:timers/promises'
import type { Network } from '#mocks/network.ts'
import { hostPageFile } from './host-page-files.ts'
import type { ContextTokenAnswer, HostPageState, ModuleUrl } from './host-page-state.ts'
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

/** Misconfigurations by name, which the site itself knows nothing about. */
export interface ScenarioControl {
  readonly all: readonly { readonly name: string; readonly sentence: string }[]
  /** The name of the one that is under way; null: none. */
  current(): string | null
  /**
   * Resets everything, and begins a scenario; null: none.
   * @throws {Error} with one line when there is none of that name
   */
  choose(name: string | null): Promise<void>
  /** Puts right what the scenario broke, and keeps all data. */
  mend(): void
}

export interface JiraOptions {
  /** No trailing slash. */
  publicUrl: string
  /** Origin (and sub-path, if any) of the host that serves the app. No trailing slash. */
  appUrl: string
  network: Network
  /** Address of the self-managed instance, for the panel to show. */
  gitlabUrl?: string
  /** What the panel's "Reset" does; default: this stand-in alone is reset and the app installed again. */
  onReset?: () => Promise<void>
  /** What the panel offers as scenarios; default none. */
  scenarios?: ScenarioControl
  /** Milliseconds since the epoch; default `Date.now`. */
  now?: () => number
}

/** How long Jira takes for a context token when it is late; the page gives up after ten seconds. */
const LATE_MS = 5000

/** A stand-in for one Jira Cloud site, with at most one installation of one app. */
export interface Jira {
  readonly publicUrl: string
  /** Mutable while running. A change of theme, locale, sandbox or time zone shows at the next load of the host page. */
  readonly settings: JiraSettings
  handle(request: Request): Promise<Response>
  /**
   * Installs the app as Jira does: reads and checks the descriptor, makes a shared secret, sends the signed
   * `installed` event. Again on a site that has the app: same client key, new secret.
   * @throws {Error} with a sentence naming what refused
   */
  install(): Promise<void>
  /**
   * @returns a context token for the person, by default the administrator
   * @throws {Error} when the app is not installed
   */
  contextToken(person?: JiraPersonName): string
  /** Initial settings, no app installed. */
  reset(): void
}

/** @returns a new stand-in; it holds all of its state; only the install key is shared with others */
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
        `The app answered Jira's "installed" event with HTTP ${response.status}; it is not installed.`,
      )
    }
    installation = next
  }

  async function fetchDescriptor(): Promise<unknown> {
    const url = `${appUrl}/-/jira_connect/app_descriptor.json`
    const response = await network(new Request(url, { headers: { accept: 'application/json' } }))
    if (!response.ok)
      throw new Error(`Jira cannot read the app's descriptor: ${url} answered HTTP ${response.status}.`)
    try {
      return await response.json()
    } catch {
      throw new Error(`Jira cannot read the app's descriptor: ${url} is not JSON.`)
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

  async function contextTokenAnswer(): Promise<ContextTokenAnswer> {
    if (settings.getToken === 'late') await sleep(LATE_MS, undefined, { ref: false })
    if (settings.getToken === 'expired') {
      const { accountId } = people[settings.user]
      return { outcome: 'answers', token: contextToken(requireInstallation(), accountId, -60, now()) }
    }
    if (settings.getToken === 'silent') return { outcome: 'silent' }
    if (settings.getToken === 'rejects')
      return { outcome: 'rejects', reason: 'Jira could not make a context token.' }
    return { outcome: 'answers', token: tokenFor(settings.user) }
  }

  // Jira shows this page to administrators only, by the module's condition `user_is_admin`. The stand-in shows it
  // to everybody: what GitLab answers to somebody else (the role may change while the page is open, or be held
  // by a group that GitLab does not accept) could otherwise not be seen.
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
    // A page on another site must not be able to press these buttons; browsers send Origin with every POST.
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
    // Typed as localhost or 127.0.0.1, the page would be on another origin than the one it signs itself with.
    if (url.origin !== new URL(publicUrl).origin)
      return Response.redirect(publicUrl + url.pathname + url.search, 302)
    const path = url.pathname
    if (request.method === 'POST') {
      const action = /^\/control\/([a-z]+)$/.exec(path)?.[1]
      return action ? control(action, request) : notFound()
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound()
    if (path === '/context-token') return Response.json(await contextTokenAnswer())
    if (path === '/module-url') return Response.json(moduleUrl())
    if (path === '/rest/api/3/user') return userResource(request, installation, settings, now())
    if (path.startsWith('/install-keys/')) return publicKey(path.slice('/install-keys/'.length))
    const problem = path === '/' && request.method === 'GET' ? await applyQuery(url.searchParams) : null
    const file = await hostPageFile(path, () => state(problem))
    return file ?? notFound()
  }

  /** @returns why the scenario did not begin; null: it did, or there is none in the query */
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
