import type { Frame, Page } from 'playwright/test'
import type { ConfigurationPage } from '#e2e/configuration-page.ts'
import { expect, test } from '#e2e/fixtures.ts'
import { GitLabWindow } from '#e2e/gitlab-window.ts'
import type { Local } from '#server/local.ts'
import { languages, SOURCE_LANGUAGE } from '#server/messages/catalogs.ts'
import { expectToFit, frameOf, HEIGHT, WIDTHS } from './look-at.ts'
import { englishIn, messagesOf } from './messages-of.ts'
import { takePicture } from './take-picture.ts'
import { untranslatedIn } from './untranslated.ts'

/** Of GitLab.com's groups in the mock, as one search finds them. */
const GROUPS = [
  'acme-corp/internal-tools/onboarding',
  'acme-corp/internal-tools/hiring',
  'acme-corp/internal-tools/reporting',
]

for (const language of languages().filter((one) => one !== SOURCE_LANGUAGE))
  test(`everything that an administrator does is in “${language}”, with no English, and nothing is too wide`, async ({
    page,
    local,
    configuration,
  }) => {
    // Each step is looked at twice.
    test.slow()
    const { frame } = configuration
    const message = messagesOf(language)
    const button = (key: string, values = {}) =>
      frame.getByRole('button', { name: message(key, values), exact: true })
    const step = (name: string, walk: () => Promise<unknown>) =>
      test.step(name, async () => {
        await walk()
        await expectOnlyIn(language, name, { page, local, configuration })
      })

    await step('1 list', async () => {
      await configuration.open(`locale=${language}`)
      await frame.getByText('Storefront', { exact: true }).waitFor()
      await button('page.signIn.button', { instanceName: 'GitLab.com' }).waitFor()
    })

    await step('2 signed in', async () => {
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        button('page.signIn.button', { instanceName: 'GitLab.com' }).click(),
      ])
      const gitlabWindow = new GitLabWindow(popup)
      await gitlabWindow.signInAs('amira').click()
      await gitlabWindow.authorizeButton.click()
      await button('page.account.signOut').waitFor()
      await field().waitFor()
    })

    await step('3 search and select', async () => {
      await field().fill('internal')
      for (const path of GROUPS) await configuration.option(path).click()
      await frame
        .getByText(message('linkGroups.coveredBy', { name: 'Reporting' }))
        .first()
        .waitFor()
    })

    await step('4 several selected', async () => {
      await page.keyboard.press('Escape')
      await button('linkGroups.link', { count: GROUPS.length }).waitFor()
    })

    await step('5 run with a failure', async () => {
      local.app.settings.writeFaults = { everyNth: GROUPS.length, kinds: ['server-error'] }
      await button('linkGroups.link', { count: GROUPS.length }).click()
      const values = { done: GROUPS.length - 1, total: GROUPS.length }
      await frame.getByRole('region', { name: message('bulk.linking.finishedPartly', values) }).waitFor()
      await configuration.failure.waitFor()
    })

    await step('6 set-up guide', async () => {
      await button('page.choosing.change').click()
      await frame.getByRole('radio', { name: message('chooseInstance.own'), exact: true }).check()
      await frame
        .getByRole('textbox', { name: message('chooseInstance.address'), exact: true })
        .fill(local.gitlabUrl)
      const part = (key: string) => frame.locator('summary').filter({ hasText: message(`setUpGuide.${key}`) })
      await part('title').click()
      for (const id of ['application', 'settings', 'jiraUser', 'reverseProxy'])
        await part(`steps.${id}.title`).click()
    })

    await step('7 connection check', async () => {
      await button('page.cancel').click()
      await button('page.check.button').first().click()
      await button('connectionCheck.again').waitFor()
    })

    function field() {
      return frame.getByRole('combobox', { name: message('linkGroups.group'), exact: true })
    }
  })

interface Shown {
  readonly page: Page
  readonly local: Local
  readonly configuration: ConfigurationPage
}

/** Fails if the page isn't in a language, or is too wide. */
async function expectOnlyIn(
  language: string,
  name: string,
  { page, local, configuration }: Shown,
): Promise<void> {
  const frame = frameOf(page)
  await expect(frame.locator('html')).toHaveAttribute('lang', language)
  await expect.poll(() => englishTexts(language, frame, local), name).toEqual([])
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    await expectToFit(frame, `${language}, ${name}, ${width} pixels wide`)
    await takePicture(page, configuration, `${language}-${name.replaceAll(' ', '-')}-${width}`)
  }
}

async function englishTexts(language: string, frame: Frame, local: Local) {
  const isEnglish = englishIn(language)
  return (await untranslatedIn(frame, local)).filter(({ text }) => isEnglish(text))
}
