import type { ConfigurationPage } from './configuration-page.ts'
import { expect, expectOnly, test } from './fixtures.ts'

/*
 * A window of 1280 px is 320 px wide for a page that is enlarged to 400%.
 * https://www.w3.org/WAI/WCAG22/Understanding/reflow.html
 */

test.use({ instance: 'gitlab', viewport: { width: 320, height: 640 } })

test('enlarged to 400%, no screen scrolls sideways, and neither a button nor the path of a linked group is cut off', async ({
  complaints,
  configuration,
  local,
}) => {
  local.gitlab.store.linkGroup('acme/platform/infrastructure/kubernetes')
  await configuration.open('panel=off')
  await expect(configuration.linkedGroups).toHaveCount(4)
  await expectNothingCut(configuration, 'the list')

  await configuration.unlinkButton('Acme Corp / Web').click()
  await expect(configuration.question).toBeVisible()
  await expectNothingCut(configuration, 'a question')
  await configuration.cancelQuestionButton.click()

  await configuration.changeInstanceButton.click()
  await configuration.selfManagedRadio.check()
  await configuration.guideToggle.click()
  await expect(configuration.prerequisitesBox).toBeVisible()
  await expectNothingCut(configuration, 'the set-up guide')
  await configuration.cancelButton.click()

  await configuration.signIn()
  await configuration.groupSearch.fill('infrastructure')
  await expect(configuration.option('acme/platform/infrastructure/kubernetes')).toBeVisible()
  await expectNothingCut(configuration, 'the groups that match')
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await expectNothingCut(configuration, 'a selected group')

  await configuration.checkButton.click()
  await expect(configuration.checkPassed).toBeVisible()
  await expectNothingCut(configuration, 'the connection check')

  await local.applyScenario('proxy-url-blank')
  await configuration.open('panel=off')
  await configuration.commandsToggle.click()
  await expect(configuration.commands).toBeVisible()
  await expectNothingCut(configuration, 'commands in a failure')
  expectOnly(complaints, /CORS policy/)
})

async function expectNothingCut({ frame }: ConfigurationPage, what: string): Promise<void> {
  const found = await frame.locator('html').evaluate((html) => {
    const width = html.clientWidth
    const all = [...html.querySelectorAll<HTMLElement>('body *')]
    // What only screen readers get is in a box of one pixel.
    const forEyes = all.filter((element) => {
      for (let each: HTMLElement | null = element; each; each = each.parentElement)
        if (each.offsetWidth <= 1 || getComputedStyle(each).visibility === 'hidden') return false
      return true
    })
    const beyond = forEyes.filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left < -0.5 || right > width + 0.5
    })
    const cut = forEyes.filter(
      (element) =>
        element.matches('button, li [data-field="path"], li [data-field="path"] *') &&
        getComputedStyle(element).display !== 'inline' &&
        element.scrollWidth > element.clientWidth + 1,
    )
    return {
      isWider: html.scrollWidth > width,
      beyond: beyond.map(({ outerHTML }) => outerHTML.slice(0, 200)),
      cut: cut.map(({ textContent }) => textContent),
    }
  })
  expect(found, what).toEqual({ isWider: false, beyond: [], cut: [] })
}
