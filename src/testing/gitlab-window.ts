import type { Mock } from 'vitest'
import { vi } from 'vitest'
import { openBrowser } from '#mocks/gitlab/testing/browser.ts'
import { callbackMessage } from '#src/oauth/callback-message.ts'
import type { TestWorld } from './world.ts'

/** What the page uses of the window it opened. */
interface OpenedWindow {
  closed: boolean
  readonly close: () => void
  readonly focus: Mock<() => void>
  readonly location: { replace(url: URL): void }
  /** Where the page sent it. */
  readonly navigated: Promise<URL>
}

/** What a person does in GitLab's window. */
export interface GitLabWindow {
  /** All that were opened, oldest first. */
  readonly opened: readonly OpenedWindow[]
  readonly last: () => OpenedWindow
  /** Signs in to GitLab and authorizes the app; by default as the owner of the company's groups. */
  authorize(person?: string): Promise<void>
  deny(): Promise<void>
  /** Signs in and authorizes as far as possible; closes the window where it is stuck. */
  authorizeOrClose(person?: string): Promise<void>
  closeAsPerson(): void
  /** Signs in and presses a button, and returns where GitLab sends the window. */
  answer(button: 'Authorize' | 'Deny', person?: string): Promise<URL>
  /** Posts the callback page's message, or one from elsewhere. */
  post(data: unknown, from?: { origin?: string; source?: unknown }): void
}

/** Replaces `window.open`, which jsdom lacks, until the test ends. */
export function mockGitLabPopup({
  app,
  gitlab,
  jira,
}: Pick<TestWorld, 'app' | 'gitlab' | 'jira'>): GitLabWindow {
  const opened: OpenedWindow[] = []
  vi.spyOn(window, 'open').mockImplementation(() => {
    if (!jira.settings.sandbox.split(' ').includes('allow-popups')) return null
    const one = aWindow()
    opened.push(one)
    return one as unknown as Window
  })

  function last(): OpenedWindow {
    const one = opened.at(-1)
    if (!one) throw new Error('No window is open.')
    return one
  }

  async function signIn(person = 'Amira Haddad') {
    const url = await last().navigated
    const instance = [app, gitlab].find(({ publicUrl }) => url.href.startsWith(`${publicUrl}/`))
    if (!instance) throw new Error(`There is no GitLab at ${url.origin}.`)
    const browser = openBrowser(instance)
    await browser.go(url.href.slice(instance.publicUrl.length))
    await browser.press(`Sign in as ${person}`)
    return browser
  }

  async function answer(button: 'Authorize' | 'Deny', person?: string): Promise<URL> {
    return new URL(await (await signIn(person)).press(button))
  }

  const post: GitLabWindow['post'] = (data, { origin = location.origin, source = last() } = {}) => {
    const event = new MessageEvent('message', { data, origin })
    // jsdom accepts only its own windows as a source.
    Object.defineProperty(event, 'source', { value: source })
    dispatchEvent(event)
  }

  /** As the callback page does: posts the message, then closes the window. */
  function callBack(url: URL): void {
    post(callbackMessage(url.searchParams))
    last().closed = true
  }

  /** The browser then gives the focus back to the page. */
  function closeAsPerson(): void {
    last().closed = true
    dispatchEvent(new Event('focus'))
  }

  return {
    opened,
    last,
    answer,
    post,
    authorize: async (person) => callBack(await answer('Authorize', person)),
    deny: async () => callBack(await answer('Deny')),
    async authorizeOrClose(person) {
      const browser = await signIn(person)
      const end = browser.page().includes('>Authorize</button>') ? await browser.press('Authorize') : ''
      if (end.startsWith(`${app.publicUrl}/-/jira_connect/oauth_callbacks?`)) callBack(new URL(end))
      else closeAsPerson()
    },
    closeAsPerson,
  }
}

function aWindow(): OpenedWindow {
  let navigate: (url: URL) => void = () => undefined
  const navigated = new Promise<URL>((resolve) => {
    navigate = resolve
  })
  const one: OpenedWindow = {
    closed: false,
    close: () => {
      one.closed = true
    },
    focus: vi.fn(),
    location: { replace: navigate },
    navigated,
  }
  return one
}
