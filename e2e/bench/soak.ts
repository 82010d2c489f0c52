import { chromium } from 'playwright'
import { words } from '#e2e/configuration-page.ts'
import { findBrowser } from '#e2e/setup/find-browser.ts'
import type { Store } from '#mocks/gitlab/world/store.ts'
import type { Opened } from './world.ts'
import { addGroups, askToUnlink, withLocal, withWindow } from './world.ts'

/*
 * Links and unlinks a thousand groups through the page, while every twentieth request goes wrong in one way or
 * another, and compares what the page lists with what GitLab holds. Run by `npm run soak`; ends with status 1 where
 * they differ.
 */

const GROUPS = 100
const FAULTS = {
  everyNth: 20,
  kinds: ['server-error', 'asked-to-wait', 'connection-lost', 'slow', 'answer-lost'],
} as const
const LATENCY_MS = 20
/** How long a hundred groups may take, with all that goes wrong. */
const BATCH_MS = 60_000

type Step = readonly ['link' | 'unlink', 'amber' | 'cobalt']
/** Both end linked. */
const STEPS: readonly Step[] = [
  ['link', 'amber'],
  ['link', 'cobalt'],
  ['unlink', 'amber'],
  ['link', 'amber'],
  ['unlink', 'cobalt'],
  ['link', 'cobalt'],
  ['unlink', 'amber'],
  ['unlink', 'cobalt'],
  ['link', 'cobalt'],
  ['link', 'amber'],
]

const browser = await chromium.launch({ executablePath: findBrowser() ?? '' })
try {
  await withLocal({}, (local) => withWindow(browser, local, soak))
} finally {
  await browser.close()
}

async function soak(opened: Opened): Promise<void> {
  const { configuration, local, page } = opened
  const { store, settings, requests } = local.gitlab
  for (const name of ['amber', 'cobalt']) addGroups(store, name, GROUPS)
  await configuration.open()
  await configuration.signIn()
  const before = requests.length
  settings.latencyMs = LATENCY_MS
  settings.writeFaults = FAULTS

  let differences = 0
  let retries = 0
  for (const [action, name] of STEPS) {
    const beganAt = Date.now()
    const pressed = await (action === 'link' ? link(opened, name) : unlink(opened, name))
    retries += pressed
    const differ = await difference(opened)
    differences += differ.length
    const seconds = Math.round((Date.now() - beganAt) / 1000)
    console.log(
      `${action} ${GROUPS} ${name}: ${seconds} s, “Retry failed” ${pressed} times, ${store.subscriptions.size} linked, ${differ.length} differences`,
      ...differ,
    )
  }

  const writes = requests.slice(before).filter(({ method }) => method === 'POST' || method === 'DELETE')
  const faults = Math.floor(writes.length / FAULTS.everyNth)
  const outcomes = new Map<string, number>()
  for (const { method, status } of writes) {
    const outcome = `${method} ${status === 0 ? 'connection lost' : status}`
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  console.log(
    `\n${STEPS.length * GROUPS} links and unlinks, ${writes.length} requests for them, ${faults} faults:`,
  )
  for (const [index, kind] of FAULTS.kinds.entries())
    console.log(`  ${kind}: ${Math.ceil((faults - index) / FAULTS.kinds.length)}`)
  console.log('responses:')
  for (const [outcome, count] of [...outcomes].sort()) console.log(`  ${outcome}: ${count}`)
  console.log(`“Retry failed” pressed: ${retries}`)

  settings.writeFaults = { everyNth: 0, kinds: [] }
  await page.reload()
  const afterReload = await difference(opened)
  console.log(
    `differences between the page’s list and GitLab’s: ${differences}, after reloading: ${afterReload.length}`,
  )
  if (differences + afterReload.length > 0) process.exitCode = 1
}

async function link(opened: Opened, name: string): Promise<number> {
  await opened.configuration.chooseAll(name)
  await opened.configuration.linkButton.click()
  return untilDone(opened, words.linked(GROUPS))
}

async function unlink(opened: Opened, name: string): Promise<number> {
  await askToUnlink(opened, name)
  await opened.configuration.confirmButton.click()
  return untilDone(opened, words.unlinked(GROUPS))
}

/** Waits for the end, and retries what failed until nothing does. @returns how often */
async function untilDone({ configuration }: Opened, title: string): Promise<number> {
  const complete = configuration.runTitled(title)
  const retry = configuration.retryFailedButton
  for (let retries = 0; ; retries++) {
    await complete
      .or(retry)
      .first()
      .waitFor({ timeout: BATCH_MS })
      .catch(async (error) => {
        throw new Error(`It does not end: ${await configuration.run.innerText()}`, {
          cause: error,
        })
      })
    if (await complete.isVisible()) {
      await configuration.closeButton.click()
      return retries
    }
    // The button is gone once it was pressed, and may be back at once: a single group fails in no time.
    await retry.click({ timeout: BATCH_MS })
  }
}

/** @returns the full names that only one of the two lists has */
async function difference({ configuration, local }: Opened): Promise<string[]> {
  const { linkedGroups } = configuration
  await configuration.filter.fill('')
  const { subscriptions } = local.gitlab.store
  const count = subscriptions.size.toLocaleString('en')
  // The list is read again when a run has ended.
  await configuration.linkedGroupsTitle.filter({ hasText: words.linkedGroupsTitle(count) }).waitFor()
  const { showAllButton } = configuration
  if (await showAllButton.isVisible()) await showAllButton.click()
  await showAllButton.waitFor({ state: 'detached' })
  const listed = new Set(await linkedGroups.locator('bdi[title]').allTextContents())
  const held = linkedIn(local.gitlab.store)
  return [...listed, ...held].filter((name) => !(listed.has(name) && held.has(name)))
}

function linkedIn(store: Store): Set<string> {
  const clientKey = [...store.installations.keys()].at(-1) ?? ''
  return new Set(store.linkedGroups(clientKey).map(({ group }) => group.fullName))
}
