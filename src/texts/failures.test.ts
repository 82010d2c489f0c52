import { languages } from 'virtual:messages/languages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SOURCE_LANGUAGE } from './best-language.ts'
import type { Failure, FailureEvidence, FailureFacts, FailureTexts, Step } from './failure-texts.ts'
import { failures } from './failures.ts'
import { gitlabLabels } from './gitlab-labels.ts'
import { loadLaterTexts, speak } from './texts.ts'

const FACTS: FailureFacts = {
  instanceName: 'gitlab.acme.example',
  instanceUrl: 'https://gitlab.acme.example/scm',
  appUrl: 'https://app.acme.example',
  redirectUri: 'https://app.acme.example/-/jira_connect/oauth_callbacks',
  clientId: 'c0ffee',
}

/** The instance that serves the page has no URL to save or to compare. */
const INSTANCES: readonly FailureFacts[] = [FACTS, { ...FACTS, instanceUrl: FACTS.appUrl }]

const CLUES = Object.keys({
  'proxy-url': true,
  'only-writing': true,
  'this-request': true,
  'in-front': true,
  'cut-off': true,
  writing: true,
  'group-unknown': true,
  'role-too-low': true,
  'or-unreadable': true,
  'sign-in': true,
  method: true,
  'too-large': true,
  'not-running': true,
  'cut-off-early': true,
  'no-response': true,
  'too-slow': true,
} satisfies Record<NonNullable<FailureEvidence['clue']>, true>) as FailureEvidence['clue'][]

/** What an administrator compares is called the same in every language. */
const NAMES: ReadonlySet<string> = new Set([...Object.values(gitlabLabels), 'connect-src'])

/** Every failure in each situation that has words of its own, and these words in English, by where they show. */
let english: { name: string; words: () => FailureTexts; texts: Map<string, string> }[]

beforeAll(async () => {
  await loadLaterTexts()
  english = Object.entries<Failure>(failures).flatMap(([code, failure]) => situationsOf(code, failure))
})
afterAll(() => speak([SOURCE_LANGUAGE]))

test.each(Object.keys(languages))(
  'every failure is told in %s, with the values of the English words',
  async (language) => {
    await speak([language])
    const problems = english.flatMap(({ name, words, texts }) => {
      const translated = textsOf(words())
      expect([...translated.keys()], name).toEqual([...texts.keys()])
      return [...translated].flatMap(([place, text]) =>
        problemsOf(text, texts.get(place) ?? '').map((problem) => `${name}, ${place}: ${problem}: ${text}`),
      )
    })
    expect(problems).toEqual([])
  },
)

/** @returns what is said in English of the possible causes, and of what to do about them */
async function causesOf(code: keyof typeof failures, clue?: FailureEvidence['clue']): Promise<string[]> {
  await speak([SOURCE_LANGUAGE])
  const failure: Failure = failures[code]
  const { causes = [] } = failure(FACTS, { clue, isQuoted: true })
  return causes.map(({ cause, steps }) =>
    [cause, ...steps.map((step) => (typeof step === 'string' ? step : step.text))].join(' '),
  )
}

test.each([
  ['cors-refused', 'this-request'],
  ['cors-refused', 'only-writing'],
  ['popup-closed', undefined],
  ['popup-closed', 'cut-off-early'],
] as const)('a browser extension is a possible cause of %s (%s): many users have one', async (code, clue) => {
  expect(await causesOf(code, clue)).toContainEqual(
    expect.stringMatching(/browser extension.*without extensions/),
  )
})

test('a redirect of the request that connects an instance means another URL or a sign-in page sooner than maintenance', async () => {
  const redirect = (await causesOf('installation-blocked')).find((cause) => cause.includes('301'))
  expect(redirect).toMatch(/302, 307, or 308.*different URL.*sign-in page.*doesn’t accept changes/)
})

test('no one is told to sign out who isn’t signed in, as after a sign-in that failed', async () => {
  const signOut = (await causesOf('access-token-missing')).filter((cause) => /sign out/i.test(cause))
  expect(signOut).toEqual([expect.stringContaining('If you’re signed in, sign out')])
})

function situationsOf(code: string, failure: Failure): typeof english {
  const situations = INSTANCES.flatMap((facts) =>
    [undefined, ...CLUES].flatMap((clue) =>
      [true, false].map((isQuoted) => {
        const words = () => failure(facts, { clue, isQuoted })
        const name = `${code} (${[clue, isQuoted && 'quoted', facts !== FACTS && 'serves the page'].filter(Boolean)})`
        return { name, words, texts: textsOf(words()) }
      }),
    ),
  )
  const distinct = new Map(
    situations.toReversed().map((situation) => [JSON.stringify([...situation.texts]), situation]),
  )
  return [...distinct.values()]
}

function textsOf({ title, cause, causes = [], steps = [] }: FailureTexts): Map<string, string> {
  return new Map<string, string>([
    ['title', title],
    ['cause', cause],
    ...steps.flatMap((step, index) => textsOfStep(step, `step ${index + 1}`)),
    ...causes.flatMap((possible, index): [string, string][] => [
      [`cause ${index + 1}`, possible.cause],
      ...possible.steps.flatMap((step, number) =>
        textsOfStep(step, `cause ${index + 1}, step ${number + 1}`),
      ),
    ]),
  ])
}

function textsOfStep(step: string | Step, place: string): [string, string][] {
  if (typeof step === 'string') return [[place, step]]
  const names = (step.values ?? []).map(({ name }) => name).filter((name) => !NAMES.has(name))
  return [
    [place, step.text],
    ...names.map((name, index): [string, string] => [`${place}, value ${index + 1}`, name]),
  ]
}

function problemsOf(text: string, english: string): string[] {
  const lost = Object.values(FACTS).filter((value) => english.includes(value) && !text.includes(value))
  return [
    ...(text.trim() === '' ? ['empty'] : []),
    ...(/[{}]|undefined|\[object/.test(text) ? ['a value isn’t filled in'] : []),
    ...(text === english ? ['in English'] : []),
    ...lost.map((value) => `lacks ${value}`),
  ]
}
