import { words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { hold } from './hold.ts'

const ATLASSIAN_SCRIPT = /\/atlassian-connect\/all\.js$/
const EARLY_SCRIPT = /\/assets\/early-[^/]+\.js$/
const OWN_STYLES = /\/assets\/index-[^/]+\.css$/
const OWN_SCRIPT = /\/assets\/index-[^/]+\.js$/

test('the list of the instance that serves the page shows while Atlassian’s script is on its way', async ({
  configuration,
  gitlab,
  page,
}) => {
  const letIn = await hold(page, ATLASSIAN_SCRIPT)
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  const paths = gitlab.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
  expect(paths.filter((path) => path === 'GET /-/jira_connect/installations')).toHaveLength(1)
  expect(paths.filter((path) => /^GET .*\/subscriptions(\.json)?$/.test(path))).toHaveLength(1)
  letIn()
  await configuration.unlink('Acme / Storefront')
  await expect(configuration.linkedGroups).toHaveCount(2)
})

test('the linked groups have been asked for, and show, before the page’s own code is there, and then don’t move', async ({
  configuration,
  gitlab,
  page,
}) => {
  const letIn = await hold(page, OWN_SCRIPT)
  // Once there, the list must not go again, not even for the placeholder of the page's own code.
  await page.addInitScript(() => {
    let most = 0
    new MutationObserver(() => {
      const rows = document.querySelectorAll('[data-field="name"]').length
      document.documentElement.dataset.lost = String(
        Number(document.documentElement.dataset.lost ?? 0) + Number(rows < most),
      )
      most = Math.max(most, rows)
    }).observe(document, { childList: true, subtree: true })
  })
  const config = page.waitForRequest(/\/config\.json$/)
  await configuration.open()
  await config
  const asked = () =>
    gitlab.requests
      .filter(({ method, url }) => method === 'GET' && url.includes('/jira_connect/'))
      .map(({ url }) => new URL(url).pathname.split('/').at(-1))
      .toSorted()
  await expect.poll(asked).toEqual(['installations', 'subscriptions'])
  const name = configuration.frame.getByText('Storefront', { exact: true })
  await expect(name).toBeVisible()
  // Nothing can be done with them yet.
  await expect(configuration.linkedGroups).toHaveCount(0)
  await expect(configuration.loading).toBeVisible()
  const place = await name.boundingBox()
  letIn()
  await expect(configuration.linkedGroups).toHaveCount(3)
  expect(await name.boundingBox()).toEqual(place)
  await expect(configuration.frame.locator('html')).toHaveAttribute('data-lost', '0')
  expect(asked()).toEqual(['installations', 'subscriptions'])
})

test('the first requests leave before the page reads what it stored, which browsers can take long to give', async ({
  configuration,
  page,
}) => {
  await page.addInitScript(() => {
    const order: string[] = []
    Object.assign(window, { order })
    const { getItem } = Storage.prototype
    Storage.prototype.getItem = function (name) {
      order.push('stored')
      return getItem.call(this, name)
    }
    const { fetch } = window
    window.fetch = (url, options) => {
      order.push(String(url).replace(/^.*\/([a-z.]+)(\?.*)?$/, '$1'))
      return fetch(url, options)
    }
  })
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  const order = (await configuration.frame.locator('html').evaluate('order')) as string[]
  expect(order.slice(0, order.indexOf('stored'))).toEqual(['config.json', 'installations', 'subscriptions'])
})

test('the first list doesn’t wait until React has started', async ({ configuration, page }) => {
  await page.addInitScript(() => {
    // On a busy machine, the page would start without the list after a while.
    const { setTimeout } = window
    window.setTimeout = ((run: () => void, ms = 0, ...values: []) =>
      [500, 1500].includes(ms) ? 0 : setTimeout(run, ms, ...values)) as typeof setTimeout
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('[data-field="name"]')) return
      observer.disconnect()
      const root = document.getElementById('root') ?? {}
      document.documentElement.dataset.hadReact = String(
        Object.keys(root).some((key) => key.startsWith('__react')),
      )
    }).observe(document, { childList: true, subtree: true })
  })
  const loaded = page.waitForEvent('requestfinished', (request) => OWN_SCRIPT.test(request.url()))
  await page.route(/\/jira_connect\/subscriptions\?/, async (route) => {
    if (route.request().resourceType() === 'fetch') await loaded
    await route.continue()
  })
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect(configuration.frame.locator('html')).toHaveAttribute('data-had-react', 'false')
})

test.describe(() => {
  test.use({ instance: 'gitlab' })

  test('the list of another instance has been asked for, too, once Jira has responded', async ({
    configuration,
    gitlab,
    page,
  }) => {
    const letIn = await hold(page, OWN_SCRIPT)
    await configuration.open()
    const lists = () => gitlab.requests.filter(({ url }) => url.includes('/subscriptions.json'))
    await expect.poll(() => lists().length).toBe(1)
    letIn()
    await expect(configuration.linkedGroups).toHaveCount(3)
    expect(lists()).toHaveLength(1)
  })

  test('a list that takes long doesn’t keep the rest of the page from being used', async ({
    configuration,
    page,
  }) => {
    const letIn = await hold(page, /\/subscriptions\.json/)
    await configuration.open()
    await expect(configuration.signInButton).toBeVisible()
    await expect(configuration.linkedGroups).toHaveCount(0)
    letIn()
    await expect(configuration.linkedGroups).toHaveCount(3)
  })
})

test('the title and a placeholder for the list show before the page’s own code is there, and don’t move', async ({
  configuration,
  page,
}) => {
  const letIn = await hold(page, OWN_SCRIPT)
  await configuration.open()
  const title = configuration.frame.getByRole('heading', { level: 1 })
  await expect(title).toBeVisible()
  await expect(configuration.loading).toBeVisible()
  const place = await title.boundingBox()
  letIn()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect(configuration.loading).toHaveCount(0)
  expect(await title.boundingBox()).toEqual(place)
})

test.describe(() => {
  test.use({ colorScheme: 'dark' })

  test('before any script, the title shows in the theme around it, and no word whose language isn’t known', async ({
    configuration,
    page,
  }) => {
    const letIn = await hold(page, EARLY_SCRIPT)
    await configuration.open()
    const { frame } = configuration
    const title = frame.getByRole('heading', { level: 1 })
    const loadingElement = frame.locator('[role="status"]')
    await expect
      .poll(() => title.evaluate(() => performance.getEntriesByName('first-contentful-paint').length))
      .toBe(1)
    await expect(frame.locator('html')).toHaveCSS('color-scheme', 'dark')
    await expect(title).toHaveCSS('color', /^rgb\(2\d\d, /)
    expect(await frame.locator('body').innerText()).toBe('GitLab for Jira')
    // What isn't laid out doesn't delay the title.
    expect(await loadingElement.boundingBox()).toBeNull()
    const place = await title.boundingBox()
    letIn()
    await expect(configuration.linkedGroups).toHaveCount(3)
    expect(await title.boundingBox()).toEqual(place)
  })
})

test('without its style sheet, the page lays nothing out that it would have to move, and says why', async ({
  configuration,
  page,
}) => {
  const [letStylesIn, letScriptIn] = [await hold(page, OWN_STYLES), await hold(page, EARLY_SCRIPT)]
  await configuration.open()
  const main = configuration.frame.locator('main')
  const explanation = configuration.frame.getByText('This page’s styles are loading.')
  await main.waitFor({ state: 'attached' })
  expect(await main.boundingBox()).toBeNull()
  expect(await configuration.frame.locator('body').evaluate((body) => body.clientHeight)).toBe(0)
  expect(await explanation.boundingBox()).not.toBeNull()
  letStylesIn()
  await expect(configuration.frame.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(explanation).toBeHidden()
  letScriptIn()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('if the page can’t start, it says after 15 seconds what to do, without any script', async ({
  configuration,
  page,
}) => {
  const letIn = await hold(page, OWN_SCRIPT)
  await configuration.open()
  const slow = configuration.frame.getByText(words.slowStart)
  await slow.waitFor({ state: 'attached' })
  /** Stops the clock of what waits to appear so long after the page opened. */
  const afterSeconds = (seconds: number) =>
    slow.evaluate((line, ms) => {
      for (const animation of line.getAnimations()) {
        animation.pause()
        animation.currentTime = ms
      }
    }, seconds * 1000)

  await afterSeconds(14)
  await expect(slow).toBeHidden()
  await afterSeconds(16)
  await expect(slow).toBeVisible()
  letIn()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect(slow).toHaveCount(0)
})

test('until Jira’s theme is known, the page has the one that Jira had last', async ({
  configuration,
  page,
}) => {
  const root = configuration.frame.locator('html')
  await configuration.open('theme=dark')
  await configuration.linkedGroups.first().waitFor()
  await expect
    .poll(() => root.evaluate(() => localStorage.getItem('gitlab-for-jira.color-mode')))
    .toBe('dark')

  const letIn = await hold(page, ATLASSIAN_SCRIPT)
  await configuration.open('theme=light')
  await configuration.linkedGroups.first().waitFor()
  await expect(root).toHaveAttribute('data-color-mode', 'dark')
  letIn()
  await expect(root).toHaveAttribute('data-color-mode', 'light')
})

test('Atlassian’s script loads no style sheet of what the page has', async ({ configuration, page }) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await configuration.open()
  await expect(configuration.frame.locator('html')).toHaveAttribute('data-theme', /typography-refreshed/)
  await page.waitForLoadState('networkidle')
  expect(loaded.filter((url) => /\/atlassian-connect\/.*\.css$/.test(url))).toEqual([])
})
