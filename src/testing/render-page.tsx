import { getConfig, render, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { PointerEventsCheckLevel, userEvent } from '@testing-library/user-event'
import { expect, onTestFinished, vi } from 'vitest'
import { App } from '#src/app/app.tsx'
import { createQueryClient } from '#src/app/query-client.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { createContextTokenSource } from '#src/gitlab/installation/context-token.ts'
import { sendFirstRequests } from '#src/gitlab/installation/first-requests.ts'
import { instanceServing } from '#src/gitlab/instance/instance-url.ts'
import { connectToJira, expectJira } from '#src/jira/connect-host.ts'
import { likelyLocales } from '#src/jira/likely-locales.ts'
import { speak } from '#src/texts/texts.ts'
import type { GitLabWindow } from './gitlab-window.ts'
import { mockGitLabPopup } from './gitlab-window.ts'
import type { TestWorld, WorldOptions } from './world.ts'
import { startWorld } from './world.ts'

interface PageOptions extends WorldOptions {
  /** Changes the world before the page opens. */
  readonly arrange?: (world: TestWorld) => void
  /**
   * Opens the page at its first moment, when its first requests leave, and Atlassian's script is on its way until `letIn`
   * is called.
   */
  readonly fromFirstMoment?: boolean
  /** Opens the page with this person signed in to GitLab. */
  readonly signedInAs?: string
}

export interface Page {
  readonly world: TestWorld
  readonly user: UserEvent
  readonly popup: GitLabWindow
  /** Lets Atlassian's script arrive. */
  letIn(): void
  /** Presses the sign-in button and completes GitLab's window. */
  signIn(person?: string): Promise<void>
}

/** Opens the page in a Jira site, as `main.tsx` does. */
export async function renderPage({
  arrange,
  signedInAs,
  fromFirstMoment = false,
  ...options
}: PageOptions): Promise<Page> {
  const world = await startWorld(options)
  arrange?.(world)
  const popup = acting(mockGitLabPopup(world))
  // Tests load no style sheet, so nothing is beyond the pointer; finding that out at each step takes a fifth of the time.
  const user = userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never })
  const queryClient = createQueryClient()
  const bridge = bridgeTo(world)
  const { host, backend, letIn } = fromFirstMoment ? await connectEarly(world, bridge) : connect(bridge)
  await speak(likelyLocales())
  render(<App host={host} backend={backend} queryClient={queryClient} />)
  onTestFinished(() => {
    queryClient.clear()
    delete window.AP
    localStorage.clear()
  })

  async function signIn(person?: string): Promise<void> {
    await user.click(await screen.findByRole('button', { name: /^Sign in to / }))
    await popup.authorize(person)
    await screen.findByRole('button', { name: 'Sign out' })
  }

  if (signedInAs !== undefined) {
    await signIn(signedInAs)
    await screen.findByRole('combobox', { name: 'Groups' })
  }
  return { world, user, popup, letIn, signIn }
}

/** The page where Atlassian's script has run before it. */
function connect(bridge: AtlassianBridge) {
  window.AP = bridge
  const host = connectToJira()
  if (!host) throw new Error('There is no Jira around the page.')
  const backend = createConnectBackend(instanceServing(location), host.requestContextToken)
  return { host, backend, letIn: () => undefined }
}

/** What `early.ts` does, in a frame whose URL is signed by Jira. */
async function connectEarly({ jira }: TestWorld, bridge: AtlassianBridge) {
  const script = document.createElement('script')
  script.dataset.options = ''
  document.head.append(script)
  vi.stubGlobal('parent', {})
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('interactive')
  const { host } = expectJira() ?? {}
  vi.unstubAllGlobals()
  if (!host) throw new Error('Nothing frames the page.')
  onTestFinished(() => script.remove())
  const app = instanceServing(location)
  const response = await jira.handle(new Request(`${jira.publicUrl}/module-url`))
  const { url }: { url: string } = await response.json()
  const requests = sendFirstRequests(new URL(url), app, createContextTokenSource(host.requestContextToken))
  const letIn = () => {
    window.AP = bridge
    script.dispatchEvent(new Event('load'))
  }
  return { host, backend: createConnectBackend(app, host.requestContextToken, requests), letIn }
}

/** Atlassian's bridge as the page finds it in Jira's frame. */
function bridgeTo({ jira }: Pick<TestWorld, 'jira'>): AtlassianBridge {
  return {
    context: {
      getToken: vi.fn(async (callback: (token: string | undefined) => void) => {
        const response = await jira.handle(new Request(`${jira.publicUrl}/context-token`))
        const answer: { outcome: string; token?: string } = await response.json()
        if (answer.outcome !== 'silent') callback(answer.token)
      }),
    },
    user: {
      getLocale: (callback) => callback(jira.settings.locale.replaceAll('-', '_')),
      getTimeZone: (callback) => callback(jira.settings.timeZone),
    },
    theming: { initializeTheming: vi.fn() },
  }
}

/** What happens in the other window changes the page, so React's tests must wait for it. */
function acting(popup: GitLabWindow): GitLabWindow {
  const { asyncWrapper } = getConfig()
  return {
    ...popup,
    authorize: (person) => asyncWrapper(() => popup.authorize(person)) as Promise<void>,
    deny: () => asyncWrapper(() => popup.deny()) as Promise<void>,
    authorizeOrClose: (person) => asyncWrapper(() => popup.authorizeOrClose(person)) as Promise<void>,
    answer: (button, person) => asyncWrapper(() => popup.answer(button, person)) as Promise<URL>,
  }
}

/** Whether a request has a user's access token. Jira's context token, which needs no sign-in, has another scheme. */
export const isSignedIn = ({ headers }: Pick<Request, 'headers'>) =>
  /^bearer /i.test(headers.get('authorization') ?? '')

/** The link to the profile of a user who is signed in. */
export const userLink = (username: string) => screen.findByRole('link', { name: `@${username}` })

/** The rows of the list, once it is there. */
export async function linkedGroups(): Promise<HTMLElement[]> {
  const section = await screen.findByRole('region', { name: /^Linked groups/ })
  const items = await within(section).findAllByRole('listitem')
  // The steps of a failure are a list, too.
  return items.filter((item) => !item.closest('[role=alert]'))
}

/** The row of one linked group. */
export async function rowOf(fullName: string): Promise<HTMLElement> {
  const row = (await linkedGroups()).find((one) => within(one).queryByText(fullName) !== null)
  if (!row) throw new Error(`The group ${fullName} is not in the list.`)
  return row
}

/** The field to search for and select groups. */
export const groupField = () => screen.getByRole('combobox', { name: 'Groups' })

/** Searches for a group by the last part of its path, and selects it. */
export async function selectGroup(user: UserEvent, fullPath: string): Promise<void> {
  const [search = ''] = fullPath.split('/').slice(-1)
  await selectGroups(user, search, [fullPath])
}

/** Selects several groups that one search finds. */
export async function selectGroups(
  user: UserEvent,
  search: string,
  fullPaths: readonly string[],
): Promise<void> {
  const field = groupField()
  await user.click(field)
  if (field.getAttribute('value') !== '') await user.clear(field)
  await user.paste(search)
  // The previous results stay until the response arrives, but can no longer be selected.
  await waitFor(() => {
    const options = [...document.querySelectorAll('[role=option]')]
    expect(options.length).toBeGreaterThan(0)
    for (const option of options) expect(option).toHaveTextContent(search)
  })
  for (const fullPath of fullPaths)
    await user.click(within(await screen.findByRole('listbox')).getByTitle(fullPath))
}

/** The definition next to a term: the exact value of one of GitLab's fields. */
export function fieldValue(part: Pick<typeof screen, 'getByText'>, field: string): HTMLElement {
  const value = part.getByText(field, { selector: 'dt' }).nextElementSibling
  if (!(value instanceof HTMLElement)) throw new Error(`There is no value for ${field}.`)
  return value
}
