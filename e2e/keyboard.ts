import type { Locator, Page } from 'playwright/test'

/** More than any part of the page has controls in a row. */
const MOST_PRESSES = 40

/**
 * Moves the focus by the Tab key alone. Presses nothing where it is there already.
 * @throws {Error} the target is not reached
 */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} is not reached by the ${key} key.`)
}
