import type { Frame } from 'playwright/test'
import { addManyGroups } from '#mocks/gitlab/many-groups.ts'
import { expect, test } from './fixtures.ts'

/*
 * Nothing that is shown moves until the page is complete, so that a click doesn't hit something else.
 * https://web.dev/articles/cls
 */

test.use({ instance: 'gitlab' })

for (const rows of [0, 1, 100]) {
  test(`nothing moves while a list of ${rows} is read and what comes late is loaded`, async ({
    configuration,
    gitlab,
    page,
  }) => {
    const { store } = gitlab
    store.subscriptions.clear()
    addManyGroups(store, 300)
    for (const { fullPath } of [...store.groups.values()].slice(0, rows)) store.linkGroup(fullPath)
    await page.addInitScript(() => {
      const shifts: string[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(JSON.stringify(entry))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    // Late enough for the placeholder to be painted.
    gitlab.settings.latencyMs = 300
    await configuration.open()
    await expect(configuration.linkedGroupsTitle).toContainText(String(rows))
    await page.waitForLoadState('networkidle')
    const frame = page.frames()[1] as Frame
    expect(await frame.evaluate('shifts')).toEqual([])
  })
}
