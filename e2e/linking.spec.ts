import type { Page } from 'playwright/test'
import { expect, test } from './fixtures.ts'

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
  test(`an administrator links and unlinks a group of ${name}, by mouse`, async ({
    configuration,
    local,
    page,
  }) => {
    await local.presetInstance(instance)
    await configuration.open()
    await expect(configuration.row(linked), 'linked groups show without signing in').toBeVisible()
    await expect(configuration.linkedGroups).toHaveCount(3)

    await configuration.signIn()
    await expect(configuration.announcement('Signed in as @amira')).toBeAttached()
    await expect(configuration.groupSearch, 'the next thing to do has the focus').toBeFocused()

    await configuration.chooseGroup(search, path)
    await configuration.linkButton.click()
    await expect(configuration.row(fullName)).toBeVisible()
    await expect(configuration.row(fullName).getByText('New')).toBeVisible()
    await expect(configuration.announcement(`Linked ${fullName}.`)).toBeAttached()

    await page.reload()
    await expect(configuration.row(fullName), 'still linked after reloading Jira').toBeVisible()

    await configuration.unlinkButton(fullName).click()
    const question = configuration.frame.getByRole('alertdialog', { name: `Unlink ${fullName}?` })
    await question.getByRole('button', { name: 'Unlink' }).click()
    await expect(configuration.row(fullName)).toHaveCount(0)
    await expect(configuration.linkedGroups).toHaveCount(3)
    await expect(configuration.announcement(`Unlinked ${fullName}.`)).toBeAttached()

    await configuration.signIn('amira', { isKnown: true })
    await configuration.frame.getByRole('button', { name: 'Sign out' }).click()
    await expect(configuration.signInButton).toBeVisible()
    const { store } = instance === 'app' ? local.app : local.gitlab
    await expect.poll(() => [...store.tokens.values()].at(-1)?.revoked, 'GitLab was told').toBe(true)
  })

  test(`an administrator links and unlinks a group of ${name}, by keyboard alone`, async ({
    configuration,
    local,
    page,
  }) => {
    await local.presetInstance(instance)
    await configuration.open()
    await expect(configuration.row(linked)).toBeVisible()
    const { keyboard } = page

    await configuration.signInButton.focus()
    const [popup] = await Promise.all([page.waitForEvent('popup'), keyboard.press('Enter')])
    await tabTo(popup, 'Sign in as Amira Haddad')
    await popup.keyboard.press('Enter')
    await popup.getByRole('button', { name: 'Authorize' }).waitFor()
    await tabTo(popup, 'Authorize')
    await popup.keyboard.press('Enter')

    await expect(configuration.groupSearch).toBeFocused()
    await keyboard.type(search)
    await expect(configuration.option(path)).toBeVisible()
    await expect(configuration.frame.getByRole('option')).toHaveCount(1)
    await keyboard.press('Enter')
    await tabToFocused(configuration.linkButton)
    await keyboard.press('Enter')
    await expect(configuration.row(fullName)).toBeVisible()

    const unlink = configuration.unlinkButton(fullName)
    await expect(unlink).toBeVisible()
    await tabToFocused(unlink)
    await keyboard.press('Enter')
    const question = configuration.frame.getByRole('alertdialog')
    await expect(question.getByRole('button', { name: 'Cancel' }), 'asks before it unlinks').toBeFocused()
    await keyboard.press('Escape')
    await expect(unlink, 'focus comes back').toBeFocused()
    await keyboard.press('Enter')
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await keyboard.press('Shift+Tab')
    await keyboard.press('Enter')
    await expect(configuration.row(fullName)).toHaveCount(0)
    await expect(configuration.frame.getByRole('heading', { name: /^Linked groups/ })).toBeFocused()

    async function tabToFocused(target: typeof unlink): Promise<void> {
      for (let presses = 0; presses < 12; presses++) {
        if (await target.evaluate((element) => element === document.activeElement)) return
        await keyboard.press('Tab')
      }
      throw new Error('Not reached by the Tab key.')
    }
  })
}

async function tabTo(popup: Page, name: string): Promise<void> {
  const target = popup.getByRole('button', { name })
  await target.waitFor()
  for (let presses = 0; presses < 12; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await popup.keyboard.press('Tab')
  }
  throw new Error(`“${name}” is not reached by the Tab key.`)
}
