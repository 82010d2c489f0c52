import type { Frame, Page } from 'playwright/test'
import type { ConfigurationPage } from '#e2e/configuration-page.ts'
import { expect, expectOnly } from '#e2e/fixtures.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { states } from '#e2e/screenshots/states.ts'
import type { Local } from '#server/local.ts'
import { untranslatedIn } from './untranslated.ts'

export const PSEUDO_LOCALE = 'en-XA'

/** The pseudo-locale is longer than any language; German has the longest words. */
const LANGUAGES = [PSEUDO_LOCALE, 'de']

/** Jira on a small screen, and Jira with its sidebar. */
export const WIDTHS = [400, 760]

export const HEIGHT = 900

interface Shot {
  readonly page: Page
  readonly local: Local
  readonly configuration: ConfigurationPage
  readonly complaints: string[]
}

/** Brings the page into a state, and fails if a text in it isn't translated or the page scrolls sideways. */
export async function lookAt(state: StateName, shot: Shot): Promise<void> {
  await states[state]({ ...shot, query: '' })
  for (const language of LANGUAGES) await expectToSpeak(await speak(shot.page, language), shot, language)
  // Some states are misconfigurations.
  expectOnly(shot.complaints, /has been blocked by CORS policy/)
}

/** Fails if a text isn't translated, or if the page scrolls sideways. */
export async function expectToSpeak(
  frame: Frame,
  { page, local }: Pick<Shot, 'page' | 'local'>,
  language: string,
): Promise<void> {
  if (language === PSEUDO_LOCALE) await expect.poll(() => untranslatedIn(frame, local)).toEqual([])
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    await expectToFit(frame, `${language}, ${width} pixels wide`)
  }
}

/** Fails if the page scrolls sideways, or a control is too narrow for its text. `where` says so in the failure. */
export async function expectToFit(frame: Frame, where: string): Promise<void> {
  await expect.poll(() => reachesOut(frame), where).toEqual([])
}

/** @returns Jira's frame with the page in it, or the page without Jira */
export function frameOf(page: Page): Frame {
  return page.frames()[1] ?? page.mainFrame()
}

/**
 * Has the page speak another language, as it does once its reader selects one in Jira and comes back to the page. For in
 * English, a state is reached by the names of controls.
 * @returns the frame of the page
 */
async function speak(page: Page, language: string): Promise<Frame> {
  const frame = frameOf(page)
  await frame.evaluate((locale) => {
    const url = new URL(location.href)
    url.searchParams.set('locale', locale)
    history.replaceState(null, '', url)
    dispatchEvent(new Event('visibilitychange'))
  }, language)
  await expect(frame.locator('html')).toHaveAttribute('lang', language)
  return frame
}

/** @returns the elements that make the page scroll sideways, or that are too narrow for the text of a control */
async function reachesOut(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const name = (element: Element) => `${element.tagName.toLowerCase()} “${element.textContent}”`
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => scrollWidth > clientWidth && element.getBoundingClientRect().right > clientWidth,
    )
    const cut = [...document.body.querySelectorAll('button, summary, label, h1, h2, h3, h4, p')].filter(
      (element) =>
        element.checkVisibility() && element.clientWidth > 2 && element.scrollWidth > element.clientWidth + 1,
    )
    return [...wide, ...cut].map(name)
  })
}
