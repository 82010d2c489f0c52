import { words } from './configuration-page.ts'
import { expect, test } from './fixtures.ts'
import { linkByKeyboard } from './link-by-keyboard.ts'

const journeys = [
  {
    instance: 'app',
    name: 'GitLab.com, which serves the page',
    linked: 'Acme / Storefront',
    search: 'onboard',
    path: 'acme-corp/internal-tools/onboarding',
    fullName: 'Acme / Internal Tools / Onboarding',
  },
  {
    instance: 'gitlab',
    name: 'a self-managed instance',
    linked: 'Acme Corp / Payments',
    search: 'android',
    path: 'acme/mobile/android',
    fullName: 'Acme Corp / Mobile / Android',
  },
] as const

for (const { instance, name, linked, search, path, fullName } of journeys) {
  test.describe(() => {
    test.use({ instance })

    test(`an administrator links and unlinks a group of ${name}, by mouse`, async ({
      configuration,
      gitlab,
      page,
    }) => {
      const before = gitlab.requests.length
      await test.step('linked groups show without any request to GitLab’s API or sign-in', async () => {
        await configuration.open()
        await expect(configuration.row(linked)).toBeVisible()
        await expect(configuration.linkedGroups).toHaveCount(3)
        const asked = gitlab.requests.slice(before).map(({ url }) => new URL(url).pathname)
        expect(asked.filter((path) => /^\/(api|oauth)\//.test(path))).toEqual([])
      })

      await configuration.signIn()
      await expect(configuration.announcement(words.signedInAs('amira'))).toBeAttached()
      await expect(configuration.groupSearch, 'the next thing to do has the focus').toBeFocused()

      await configuration.chooseGroup(search, path)
      await configuration.linkButton.click()
      await expect(configuration.row(fullName)).toBeVisible()
      await expect(configuration.newMark(fullName)).toBeVisible()
      await expect(configuration.announcement(words.linkedGroup(fullName))).toBeAttached()

      await page.reload()
      await expect(configuration.row(fullName), 'still linked after reloading Jira').toBeVisible()

      await configuration.unlinkButton(fullName).click()
      await expect(configuration.questionTitled(words.unlinkGroupQuestion(fullName))).toBeVisible()
      await configuration.confirmButton.click()
      await expect(configuration.row(fullName)).toHaveCount(0)
      await expect(configuration.linkedGroups).toHaveCount(3)
      await expect(configuration.announcement(words.unlinkedGroup(fullName))).toBeAttached()

      await configuration.signIn('amira', { isKnown: true })
      await configuration.signOutButton.click()
      await expect(configuration.signInButton).toBeVisible()
      const { tokens } = gitlab.store
      await expect.poll(() => [...tokens.values()].at(-1)?.revoked, 'GitLab was told').toBe(true)
    })
  })
}

test.describe(() => {
  test.use({ instance: 'gitlab' })

  test('an administrator links and unlinks a group by keyboard alone', async ({ configuration, page }) => {
    await linkByKeyboard(configuration, page)
  })
})
