import type { Locator, Page } from 'playwright/test'
import type { ConfigurationPage } from './configuration-page.ts'
import { eventually } from './eventually.ts'
import { GitLabWindow } from './gitlab-window.ts'
import { tabTo } from './keyboard.ts'

const group = { search: 'android', path: 'acme/mobile/android', fullName: 'Acme Corp / Mobile / Android' }

/**
 * Signs in to a self-managed instance, links a group, and unlinks it, by keyboard alone, in any engine: no step has
 * Playwright's own assertions, which take no locators but its own.
 */
export async function linkByKeyboard(configuration: ConfigurationPage, page: Page): Promise<void> {
  const { search, path, fullName } = group
  const { keyboard } = page
  await configuration.open()
  await configuration.row('Acme Corp / Payments').waitFor()

  await tabTo(page, configuration.signInButton)
  const [popup] = await Promise.all([page.waitForEvent('popup'), keyboard.press('Enter')])
  const gitlabWindow = new GitLabWindow(popup)
  await tabTo(popup, gitlabWindow.signInAs('amira'))
  await popup.keyboard.press('Enter')
  await tabTo(popup, gitlabWindow.authorizeButton)
  await popup.keyboard.press('Enter')

  await expectFocus(configuration.groupSearch)
  await keyboard.type(search)
  await configuration.option(path).waitFor()
  await eventually(() => configuration.options.count()).toBe(1)
  await keyboard.press('Enter')
  // Where the search isn't complete yet, Enter waits for it, unless the focus leaves the field.
  await eventually(() => configuration.linkButton.evaluate((button) => button.matches(':enabled'))).toBe(true)
  await tabTo(page, configuration.linkButton)
  await keyboard.press('Enter')
  await configuration.row(fullName).waitFor()
  await expectFocus(configuration.groupSearch, 'for the next group')

  const unlink = configuration.unlinkButton(fullName)
  await tabTo(page, unlink)
  await keyboard.press('Enter')
  await expectFocus(configuration.cancelQuestionButton, 'asks before it unlinks')
  await keyboard.press('Escape')
  await expectFocus(unlink, 'focus comes back')
  await keyboard.press('Enter')
  await expectFocus(configuration.cancelQuestionButton)
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await eventually(() => configuration.row(fullName).count()).toBe(0)
  await expectFocus(configuration.linkedGroupsTitle)
  const ring = () => configuration.linkedGroupsTitle.evaluate((title) => getComputedStyle(title).outlineStyle)
  await eventually(ring, 'shows where the focus is').toBe('solid')
}

function expectFocus(target: Locator, what?: string): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement)
  return eventually(hasFocus, what).toBe(true)
}
