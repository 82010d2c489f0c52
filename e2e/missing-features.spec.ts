import type { Page } from 'playwright/test'
import type { ConfigurationPage } from './configuration-page.ts'
import { expect, expectOnly, test } from './fixtures.ts'

const GROUP = {
  search: 'onboard',
  path: 'acme-corp/internal-tools/onboarding',
  fullName: 'Acme / Internal Tools / Onboarding',
}

/** Without these, the page says that the browser is too old. */
const NEEDED = ['AbortSignal.any', 'URL.canParse']

/** Without these, it links groups all the same. */
const DISPENSABLE = [
  'Intl.Segmenter',
  'Intl.ListFormat',
  'requestIdleCallback',
  'Element.prototype.ariaExpanded',
  'Navigator.prototype.clipboard',
  'localStorage',
]

/** Takes something away from all pages and frames, before any script of theirs. */
async function takeAway(page: Page, paths: readonly string[]): Promise<void> {
  await page.context().addInitScript((taken) => {
    for (const path of taken) {
      const names = path.split('.')
      const name = names.pop() ?? ''
      const owner = names.reduce<object>((object, key) => Reflect.get(object, key), globalThis)
      if (!Reflect.deleteProperty(owner, name) || name in owner)
        throw new Error(`${path} can't be taken away.`)
    }
  }, paths)
}

/** Changes files on their way to the browser. */
async function replaceIn(page: Page, files: RegExp, text: RegExp, replacement: string): Promise<void> {
  await page.route(files, async (route) => {
    const url = new URL(route.request().url())
    // Playwright's own requests don't find localhost's subdomains.
    const headers = { ...route.request().headers(), host: url.host }
    url.hostname = '127.0.0.1'
    const response = await route.fetch({ url: url.href, headers })
    await route.fulfill({ response, body: (await response.text()).replaceAll(text, replacement) })
  })
}

async function linkGroup(configuration: ConfigurationPage): Promise<void> {
  await configuration.open()
  await configuration.signIn()
  await configuration.chooseGroup(GROUP.search, GROUP.path)
  await configuration.groupSearch.fill('no such group')
  await configuration.nothingFoundNote.waitFor()
  await configuration.groupSearch.press('Enter')
  await configuration.closeMenu()
  await expect(configuration.linkButton, 'Enter in a list without rows links nothing').toBeEnabled()
  await configuration.linkButton.click()
  await expect(configuration.row(GROUP.fullName)).toBeVisible()
}

const tooOld = (configuration: ConfigurationPage) =>
  configuration.frame.getByRole('heading', { name: 'This browser is too old for this page' })

for (const feature of NEEDED) {
  test(`a browser without ${feature} is told that it’s too old, and what it lacks`, async ({
    complaints,
    configuration,
    gitlab,
    page,
  }) => {
    await takeAway(page, [feature])
    await configuration.open()
    await expect(tooOld(configuration)).toBeVisible()
    await expect(configuration.frame.getByText(`It doesn’t have: ${feature}`)).toBeVisible()
    await expect(configuration.loading).toBeHidden()
    expect(gitlab.requests.filter(({ url }) => url.includes('/installations'))).toEqual([])
    await expect.poll(() => complaints.length).toBeGreaterThan(0)
    expectOnly(complaints, new RegExp(`Error: This browser has no ${feature}\\.`))
  })
}

// EACH=1 takes them away one at a time.
for (const features of process.env.EACH ? DISPENSABLE.map((one) => [one]) : [DISPENSABLE]) {
  test(`a browser without ${features.join(', ')} links a group, when asked to`, async ({
    configuration,
    page,
  }) => {
    await takeAway(page, features)
    await linkGroup(configuration)
  })
}

test('a browser that can’t read the page’s scripts is told that it’s too old, at once', async ({
  complaints,
  configuration,
  page,
}) => {
  // As in a browser that knows neither popovers nor the syntax of the scripts.
  await replaceIn(page, /\/subscriptions\?/, / popover=/g, ' data-popover=')
  await replaceIn(page, /\/assets\/index-[^/]+\.css$/, /:popover-open/g, ':unknown')
  await replaceIn(page, /\/assets\/[^/]+\.js$/, /^/g, 'unknown syntax;')
  await configuration.open()
  await expect(tooOld(configuration)).toBeVisible()
  await expect(
    configuration.frame.getByText('Chrome 120, Edge 120, Firefox 125, and Safari 17.4'),
  ).toBeVisible()
  await expect(configuration.loading).toBeHidden()
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  expectOnly(complaints, /SyntaxError/)
})
