import type { Locator } from 'playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ instance: 'gitlab' })

test('in a running connection check, what is not decided yet doesn’t look like what passed, even without colors', async ({
  configuration,
  gitlab,
}) => {
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(3)
  gitlab.settings.latencyMs = 60_000
  await configuration.checkButton.click()
  await expect(configuration.checkStep('app').and(configuration.checkStepsThat('passed'))).toBeVisible()
  const looksOf = (step: string) =>
    configuration.checkStep(step).evaluate((row) => ({
      color: getComputedStyle(row).color,
      mark: getComputedStyle(row.firstElementChild as Element, '::before').content,
    }))
  const [passed, pending] = [await looksOf('app'), await looksOf('groups')]
  expect(pending.color).not.toBe(passed.color)
  expect(pending.mark, 'a mark of its own').not.toBe(passed.mark)
})

for (const width of [1120, 400])
  test(`on a page ${width} px wide, where a failure has only buttons without a border, their words begin where its text does`, async ({
    configuration,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.route(/\/config\.json$/, (route) => route.fulfill({ json: { clientID: 'misspelt' } }))
    await configuration.open('panel=off')
    const { failure } = configuration
    const text = await startOf(failure.getByRole('heading', { level: 4 }))
    await expect.poll(() => startOf(failure.getByRole('button').first())).toBe(text)
  })

test('without colors, the search field shows that it has the focus', async ({ configuration, page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await configuration.open('panel=off')
  await configuration.signIn()
  await expect(configuration.groupSearch).toBeFocused()
  const rings = () =>
    configuration.groupSearch.evaluate((field) => {
      const around = [field]
      for (let one = field.parentElement; one && one.tagName !== 'FORM'; one = one.parentElement)
        around.push(one)
      return around.filter((one) => getComputedStyle(one).outlineStyle === 'solid').length
    })
  expect(await rings()).toBe(1)
  await configuration.checkButton.focus()
  expect(await rings()).toBe(0)
})

test('on a narrow page, the link to the documentation is on the line of other words', async ({
  configuration,
  page,
}) => {
  await page.setViewportSize({ width: 400, height: 900 })
  await configuration.open('panel=off')
  const link = configuration.frame.getByRole('link', { name: 'Documentation' })
  const purpose = configuration.frame.getByText('Link GitLab groups to show their development work')
  await expect(link).toBeVisible()
  const [linkBox, purposeBox] = [await link.boundingBox(), await purpose.boundingBox()]
  // The words before it are as wide as the page on their first line, and it stands behind the last of them.
  expect(linkBox?.x).toBeGreaterThan(purposeBox?.x ?? 0)
  expect(linkBox?.y).toBeLessThan((purposeBox?.y ?? 0) + (purposeBox?.height ?? 0))
})

/** Where the words in an element begin. */
function startOf(element: Locator): Promise<number> {
  return element.evaluate((box) => {
    const words = document.createRange()
    words.selectNodeContents(box)
    return Math.round(words.getBoundingClientRect().left)
  })
}
