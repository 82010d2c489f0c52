import type { Browser, CDPSession, Frame, Page } from 'playwright'
import { ConfigurationPage } from '#e2e/configuration-page.ts'
import { OWNER } from '#mocks/gitlab/world/group-directory.ts'
import type { Store } from '#mocks/gitlab/world/store.ts'
import type { Local, LocalOptions } from '#server/local.ts'
import { startLocal } from '#server/local.ts'

/** How long the mock takes for every response, preflights included. */
export const LATENCY_MS = 100

/** The built page in a browser window of its own. */
export interface Opened {
  readonly page: Page
  readonly configuration: ConfigurationPage
  readonly local: Local
}

/** Starts fresh mocks of Jira and both GitLabs without latency, and closes them after use. */
export async function withLocal<T>(
  options: Pick<LocalOptions, 'groups' | 'linked' | 'instance' | 'built'>,
  use: (local: Local) => Promise<T>,
): Promise<T> {
  const ports = { jira: 0, app: 0, gitlab: 0 }
  const local = await startLocal({ mode: 'preview', ports, instance: 'gitlab', ...options })
  try {
    return await use(local)
  } finally {
    await local.close()
  }
}

/** A window with nothing cached, closed after use. The page is not opened yet. */
export async function withWindow<T>(
  browser: Browser,
  local: Local,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1120, height: 760 }, locale: 'en-GB' })
  try {
    // What runs these scripts names functions by it, also those that are sent to the page.
    await context.addInitScript('globalThis.__name = (named) => named')
    const page = await context.newPage()
    return await use({ page, local, configuration: new ConfigurationPage(page, local) })
  } finally {
    await context.close()
  }
}

/** @throws {Error} before Jira has framed the page */
export function appFrame({ page, local }: Opened): Frame {
  const frame = page.frames().find((one) => one.url().startsWith(local.appUrl))
  if (!frame) throw new Error('Jira has no frame with the page yet.')
  return frame
}

/** @returns the frame's own connection: it is a page of another site, in a process of its own */
function sessionOf(opened: Opened): Promise<CDPSession> {
  return opened.page.context().newCDPSession(appFrame(opened))
}

/** @returns bytes in use on the frame's heap once nothing is left to collect, and elements in its document */
export async function sizeOf(opened: Opened): Promise<{ heapBytes: number; elements: number }> {
  const session = await sessionOf(opened)
  // What only a finalizer releases goes at the second time.
  for (let round = 0; round < 2; round++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const elements = await appFrame(opened).evaluate(() => document.getElementsByTagName('*').length)
  return { heapBytes: usedSize, elements }
}

/** Adds groups that a search for `path` finds, and no other. @returns their full paths */
export function addGroups(store: Store, path: string, count: number): string[] {
  return Array.from({ length: count }, (_none, index) => {
    const group = store.groups.add({
      parentId: null,
      name: `${path} ${index + 1}`,
      path: `${path}-${index + 1}`,
      description: '',
      visibility: 'private',
      hasAvatar: false,
      createdAt: Date.now(),
    })
    store.groups.setMember('amira', group.id, OWNER)
    return group.fullPath
  })
}

/** Filters the linked groups and asks for all that match to be unlinked: the question is open then. */
export async function askToUnlink({ configuration }: Opened, filter: string): Promise<void> {
  await configuration.filter.fill(filter)
  await configuration.selectMatchingBox.check()
  await configuration.unlinkSelectedButton.click()
  await configuration.question.waitFor()
}
