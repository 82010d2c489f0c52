import { expect, test } from 'vitest'
import type { FailureFacts, FailureTexts, Step } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'

const facts: FailureFacts = {
  instanceName: 'gitlab.example.com',
  instanceUrl: 'https://gitlab.example.com',
  appUrl: 'https://app.example.com',
  redirectUri: 'https://app.example.com/-/jira_connect/oauth_callbacks',
  clientId: 'an-id',
}
/** What the commands set. */
const SETTINGS = /Jira Connect (Proxy URL|Application ID|Additional Audience URL)|Redirect URI/

/** All steps of all failures, in each of their situations. */
function stepsOf(code: keyof typeof failures): Step[] {
  const texts: FailureTexts = failures[code](facts, { clue: undefined, isQuoted: false })
  const { steps = [], causes = [] } = texts
  const all = [...steps, ...causes.flatMap((cause) => cause.steps)]
  return all.map((step) => (typeof step === 'string' ? { text: step } : step))
}

test('each failure whose remedy is a setting that the commands make offers them, for this installation', () => {
  const codes = Object.keys(failures) as (keyof typeof failures)[]
  const about = codes.filter((code) =>
    stepsOf(code).some(
      ({ text, values = [] }) =>
        /GitLab administrator|Then copy/.test(text) &&
        SETTINGS.test(text + values.map(({ name }) => name).join()),
    ),
  )
  expect(about.length).toBeGreaterThanOrEqual(4)
  for (const code of about) {
    const offers = stepsOf(code).flatMap(({ setUp }) => setUp ?? [])
    expect(offers, code).not.toEqual([])
    for (const offer of offers)
      expect(offer).toMatchObject({ instanceUrl: facts.instanceUrl, appUrl: facts.appUrl })
  }
})
