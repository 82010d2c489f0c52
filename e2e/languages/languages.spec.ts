import { test } from '#e2e/fixtures.ts'
import type { StateName } from '#e2e/screenshots/states.ts'
import { expectToSpeak, frameOf, PSEUDO_LOCALE } from './look-at.ts'
import { testStates } from './state-tests.ts'

/** With most of the words, for the time they take. `npm run test:languages` looks at every state. */
const STATES: readonly StateName[] = ['linking-failed', 'set-up-guide-open']

test.use({ instance: 'gitlab' })

testStates(STATES)

test('the page opens in the language of the Jira user, with nothing left in English', async ({
  page,
  local,
  configuration,
}) => {
  await configuration.open(`locale=${PSEUDO_LOCALE}`)
  await configuration.frame.getByText('Developer Experience', { exact: true }).waitFor()
  await expectToSpeak(frameOf(page), { page, local }, PSEUDO_LOCALE)

  await test.step('so does what it says outside of Jira', async () => {
    await page.goto(`${local.appUrl}/-/jira_connect/subscriptions?locale=${PSEUDO_LOCALE}`)
    await page.getByRole('heading').waitFor()
    await expectToSpeak(page.mainFrame(), { page, local }, PSEUDO_LOCALE)
  })
})
