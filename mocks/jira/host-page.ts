// The stand-in's browser code: what Jira, as opposed to Atlassian's host library, adds around an app's iframe.
// It is served as a module, unbundled, so it can only import types.
import type { ContextTokenResult, HostPageState, ModuleUrl } from './host-page-state.ts'

interface BridgeCallback {
  (...values: unknown[]): void
  _context: { extension_id: string }
}

interface FlagOptions {
  id: string
  title: string
  body: string
  close?: string
  actions: { actionText: string; executeAction(): void }[]
  onClose(id: string): void
}

interface ConnectHost {
  registerProvider(name: 'addon', provider: object): void
  getFrameworkAdaptor(): { registerModule(module: object): void }
  defineModule(name: string, methods: object): void
  defineModule(methods: object): void
  createExtension(extension: object): { iframeAttributes: Record<string, string> }
}

const { connectHost } = window as unknown as { connectHost: ConnectHost }
const root = document.documentElement
let state = JSON.parse(element('state').textContent ?? '') as HostPageState

function element<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const found = document.getElementById(id)
  if (!found) throw new Error(`host-page.html has no #${id}`)
  return found as Type
}

async function getJson<Body>(path: string): Promise<Body> {
  const response = await fetch(path)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error)
  return body
}

// --- Size. The library's own resizing needs jQuery; Jira has its own, too.

const framesFillingTheWindow = new Set<string>()

function fillWindow(extensionId: string) {
  const frame = document.getElementById(extensionId)
  // The library also leaves out the last pixel, so that no second scroll bar appears.
  if (frame)
    frame.style.height = `${innerHeight - Math.ceil(frame.getBoundingClientRect().top + scrollY) - 1}px`
}

const sizing = {
  resize(_width: string, height: string | number, context: BridgeCallback['_context']) {
    const frame = document.getElementById(context.extension_id)
    if (!frame || framesFillingTheWindow.has(context.extension_id)) return
    // Always the full width: the app is a whole page of Jira.
    frame.style.height = /[a-z%]$/.test(String(height)) ? String(height) : `${height}px`
  },
  sizeToParent(_hideFooter: boolean, context: BridgeCallback['_context']) {
    framesFillingTheWindow.add(context.extension_id)
    fillWindow(context.extension_id)
  },
}

connectHost.registerProvider('addon', sizing)
addEventListener('resize', () => framesFillingTheWindow.forEach(fillWindow))

// --- Flags; Jira's AUI, with which the library draws them, is missing here.

const AUTO_CLOSE_AFTER_MS = 8000

const flags = {
  create(options: FlagOptions) {
    const flag = document.createElement('div')
    flag.className = 'flag'
    flag.setAttribute('role', 'status')
    const title = document.createElement('strong')
    title.textContent = options.title
    const body = document.createElement('p')
    body.textContent = options.body
    flag.append(title, body)
    const close = () => {
      if (!flag.isConnected) return
      flag.remove()
      options.onClose(options.id)
    }
    const buttons = [...options.actions, { actionText: 'Dismiss', executeAction: close }]
    for (const { actionText, executeAction } of buttons) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = actionText
      button.addEventListener('click', () => executeAction())
      flag.append(button)
    }
    element('flags').append(flag)
    if (options.close === 'auto') setTimeout(close, AUTO_CLOSE_AFTER_MS)
    return { close }
  },
}

connectHost.getFrameworkAdaptor().registerModule({
  getModuleRegistrationName: () => 'flag',
  isEnabled: () => true,
  getProvider: () => flags,
})

// --- The modules that the product defines. They must be defined before the frame is created: the frame's name contains
// their list, so later ones never appear. The library fills in missing arguments according to the declared length of a
// function, so each one declares its callback.

/** Lets the app call the method with a callback or as a promise. */
function promised(method: (callback: BridgeCallback) => Promise<unknown>) {
  return Object.assign(method, { returnsPromise: true })
}

async function contextToken(): Promise<string> {
  const result = await getJson<ContextTokenResult>('/context-token')
  if (result.outcome === 'silent') return new Promise(() => undefined)
  if (result.outcome === 'rejects') throw new Error(result.reason)
  return result.token
}

connectHost.defineModule({
  getLocation: (callback: BridgeCallback) => callback(location.href),
  sizeToParent: (hideFooter: boolean, callback: BridgeCallback) =>
    sizing.sizeToParent(hideFooter, callback._context),
})
connectHost.defineModule('context', {
  getToken: promised((_callback) => contextToken()),
  getContext: promised((_callback) => Promise.resolve({ jira: {} })),
})
connectHost.defineModule('user', {
  // Jira passes on the locale in Java's form.
  getLocale: (callback: BridgeCallback) => callback(state.settings.locale.replaceAll('-', '_')),
  getTimeZone: (callback: BridgeCallback) => callback(state.settings.timeZone),
  getCurrentUser: (callback: BridgeCallback) =>
    callback({ atlassianAccountId: state.people[state.settings.user].accountId, accountType: 'atlassian' }),
})
connectHost.defineModule('navigator', {
  reload: (_callback: BridgeCallback) => location.reload(),
  go: (_target: string, _context: object, _callback: BridgeCallback) => undefined,
  getLocation: (callback: BridgeCallback) =>
    callback({ target: 'addonmodule', context: { moduleKey: 'gitlab-configuration' } }),
})

// --- The frame

async function loadApp() {
  element('failure').hidden = true
  try {
    const { addonKey, moduleKey, title, url } = await getJson<ModuleUrl>('/module-url')
    const { iframeAttributes } = connectHost.createExtension({
      addon_key: addonKey,
      key: moduleKey,
      url,
      options: {
        isFullPage: true,
        autoresize: true,
        hostOrigin: location.origin,
        sandbox: state.settings.sandbox,
      },
    })
    const frame = document.createElement('iframe')
    frame.title = title
    frame.referrerPolicy = 'no-referrer'
    // Until the app reports its size.
    frame.style.height = '480px'
    for (const [name, value] of Object.entries(iframeAttributes)) frame.setAttribute(name, value)
    // A frame unregisters itself when it is removed from the document.
    element('app').querySelector('iframe')?.remove()
    framesFillingTheWindow.clear()
    element('app').append(frame)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

function fail(text: string) {
  const failure = element('failure')
  failure.textContent = text
  failure.hidden = false
}

// --- The panel

const panel = element('panel')
const status = element('panel-status')

function show() {
  const { settings, people } = state
  const person = people[settings.user]
  root.dataset.colorMode = settings.theme
  element('user-name').textContent = person.displayName
  element('user-initials').textContent = person.displayName.replace(/\B.| /g, '')
  for (const input of panel.querySelectorAll<HTMLInputElement>('input[name=theme]')) {
    input.checked = input.value === settings.theme
  }
  for (const name of ['user', 'locale', 'timeZone'] as const) selectField(name).value = settings[name]
  selectField('scenario').value = state.scenario ?? ''
  element('scenario-sentence').textContent =
    state.scenarios.find(({ name }) => name === state.scenario)?.sentence ??
    'Select a problem that an administrator might run into. Selecting one resets everything first.'
  element('mend').hidden = state.scenario === null
}

function selectField(name: string): HTMLSelectElement {
  const field = panel.querySelector<HTMLSelectElement>(`select[name=${name}]`)
  if (!field) throw new Error(`host-page.html has no field ${name}`)
  return field
}

async function control(action: 'settings' | 'install' | 'reset' | 'scenario' | 'mend', body: object = {}) {
  const response = await fetch(`/control/${action}`, { method: 'POST', body: JSON.stringify(body) })
  const newState = await response.json()
  if (!response.ok) throw new Error(newState.error)
  state = newState
  show()
}

/** Runs the actions of the controls one at a time, and shows the result in the panel. */
async function run(doing: string, done: string, action: () => Promise<void>) {
  const buttons = panel.querySelectorAll('button')
  status.textContent = doing
  for (const button of buttons) button.ariaDisabled = 'true'
  try {
    await action()
    status.textContent = done
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error)
  }
  for (const button of buttons) button.ariaDisabled = null
}

const actions: Record<string, () => Promise<void>> = {
  reload: () => run('Reloading…', 'App reloaded.', loadApp),
  install: () =>
    run('Installing…', 'App reinstalled with a new shared secret.', async () => {
      await control('install')
      await loadApp()
    }),
  mend: () => run('Fixing…', 'Fixed. Linked groups and sign-ins were kept.', () => control('mend')),
  reset: () =>
    run('Resetting…', 'Jira and both GitLab instances are back to their initial state.', async () => {
      await control('reset')
      await loadApp()
    }),
}

async function copy(id: string) {
  await navigator.clipboard.writeText(element(id).textContent ?? '')
  status.textContent = 'Copied.'
}

panel.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
  const { name, value } = target
  if (name === 'scenario') {
    void run(
      'Starting the scenario…',
      value ? 'Scenario started.' : 'Everything is back to its initial state.',
      async () => {
        await control('scenario', { name: value })
        await loadApp()
      },
    )
    return
  }
  void run('Changing…', 'Changed.', async () => {
    await control('settings', { [name]: value })
    // The app follows the theme immediately; it reads everything else once, when it starts.
    if (name !== 'theme') await loadApp()
  })
})
panel.addEventListener('click', ({ target }) => {
  if (!(target instanceof HTMLButtonElement) || target.ariaDisabled === 'true') return
  const { action, copy: id } = target.dataset
  if (action) void actions[action]?.()
  if (id) void run('', 'Copied.', () => copy(id))
})

for (const [name, { displayName, role }] of Object.entries(state.people)) {
  selectField('user').add(new Option(`${displayName}, ${role}`, name))
}
for (const { name } of state.scenarios) selectField('scenario').add(new Option(name, name))
element('scenario-field').hidden = state.scenarios.length === 0
element('app-url').textContent = state.appUrl
element('gitlab-url').textContent = state.gitlabUrl
element('gitlab-url-term').hidden = !state.gitlabUrl
element('gitlab-url-row').hidden = !state.gitlabUrl
panel.hidden = new URLSearchParams(location.search).get('panel') === 'off'
// The server has applied the settings in the URL; if they stayed there, reloading would undo changes made in the panel.
history.replaceState(null, '', panel.hidden ? '/?panel=off' : '/')
show()
if (state.problem) fail(state.problem)
else void loadApp()
