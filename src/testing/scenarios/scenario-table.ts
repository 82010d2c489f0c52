import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { scenarios } from '#mocks/scenarios.ts'
import type { Failure, FailureEvidence } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'
import { loadLaterTexts } from '#src/texts/texts.ts'

await loadLaterTexts()

/** Rewrites the table. */
export const TABLE_COMMAND = 'npm run docs:scenarios'

const SIGNED_OUT = 'src/pages/scenarios-signed-out.test.tsx'
const SIGNED_IN = 'src/pages/scenarios-signed-in.test.tsx'
const IN_BROWSER = 'e2e/scenarios.spec.ts'

/** @returns the scenarios that the test file covers, with a test for each */
export function scenariosOf(file: 'scenarios-signed-out' | 'scenarios-signed-in'): readonly Scenario[] {
  return scenarios.filter((scenario) => testOf(scenario).endsWith(`/${file}.test.tsx`))
}

function testOf({ when, needsBrowser }: Scenario): string {
  if (needsBrowser) return IN_BROWSER
  return when === 'opening' || when === 'saving-instance' || when === 'unlinking' ? SIGNED_OUT : SIGNED_IN
}

const sections: Record<Scenario['when'], string> = {
  opening: 'Opening the page',
  'saving-instance': 'Choosing an instance',
  'signing-in': 'Signing in',
  searching: 'Searching for a group',
  linking: 'Linking a group',
  unlinking: 'Unlinking a group',
}

/** Problems that GitLab's users report and that the mocks can't produce, with how this page handles them. */
const withoutScenario: readonly { trouble: string; here: string; test?: string }[] = [
  {
    trouble: 'The GitLab window says `Missing required parameter: client_id`',
    here: 'No window opens without an application ID: the page says that the instance is not set up, as in `application-id-blank`',
    test: SIGNED_OUT,
  },
  {
    trouble: 'The response to a sign-in has the `state` of another one, for example when two pages are open',
    here: 'The page ignores the response and keeps waiting for its own',
    test: 'e2e/sign-in.spec.ts',
  },
  {
    trouble: 'The panel in Jira stays empty right after a group was linked',
    here: 'Nothing has failed: GitLab sends its data in batches. The page says that this takes a few minutes, as in `healthy`',
    test: 'src/pages/link-groups/link-groups.test.tsx',
  },
  {
    trouble: '`You need to sign in or sign up before continuing.`',
    here: 'Can’t happen: blocked third-party cookies cause it, and the page uses none',
  },
  {
    trouble:
      'The frame stays blank: Jira’s URL isn’t among `frame-ancestors`, or a proxy adds `X-Frame-Options`',
    here: 'The browser doesn’t run the page. The configuration for the proxy says so, for whoever sets it up',
  },
  {
    trouble: 'A 403 page of GitLab in the frame',
    here: 'This page is a file that needs no signature. The cause of GitLab’s refusal shows as in `app-secret-stale`',
    test: SIGNED_OUT,
  },
  {
    trouble:
      'Jira says that the installation failed, or that the app was installed from the Marketplace before',
    here: 'Happens in Jira’s own dialog, before there is a page',
  },
  {
    trouble: 'Groups are linked, but no data arrives in Jira; GitLab’s log says `Invalid JWT`',
    here: 'Happens between GitLab and Jira. If the same secret is out of date for the page’s own requests, it shows as in `stale-secret`',
    test: SIGNED_OUT,
  },
]

/** The tests of the failures that no scenario produces. */
const testsOfOtherFailures: Partial<Record<keyof typeof failures, string>> = {
  'access-token-refused': 'src/gitlab/diagnosis/response-rules.test.ts',
  'group-already-linked': SIGNED_IN,
  'request-refused': 'src/pages/failure/failure.test.tsx',
  'browser-offline': 'src/gitlab/diagnosis/silence-rules.test.ts',
  'local-network-refused': 'src/gitlab/diagnosis/silence-rules.test.ts',
  'instance-url-insecure': 'src/pages/failure/failure.test.tsx',
  'sign-in-cancelled': 'src/pages/sign-in/sign-in.test.tsx',
  'sign-in-denied': 'src/pages/sign-in/sign-in.test.tsx',
  'issuer-mismatch': 'src/oauth/token-requests.test.ts',
  'authorization-failed': 'src/oauth/token-requests.test.ts',
  'config-unreadable': 'src/deployment/config.test.ts',
  'config-invalid': 'src/pages/configuration-page.test.tsx',
  'part-missing': 'e2e/late-parts.spec.ts',
  unknown: 'src/pages/failure/failure.test.tsx',
}

/**
 * @returns docs/scenarios.md: each scenario, which failure this page shows in it, and which test covers it
 * @throws {Error} a failure has neither a scenario nor a test
 */
export function scenarioTable(): string {
  const parts = Object.entries(sections).flatMap(([when, title]) => [
    `## ${title}`,
    tableOf(
      ['Scenario', 'Failure on this page', 'Test'],
      scenarios
        .filter((scenario) => scenario.when === when)
        .map((scenario) => [
          `\`${scenario.name}\`: ${scenario.sentence}`,
          scenario.failure === undefined
            ? 'none'
            : `${nameOf(scenario.failure, scenario.clue)}${quoteOf(scenario)}`,
          linkTo(testOf(scenario)),
        ]),
    ),
  ])
  return `${[
    '# Failures and scenarios',
    `Generated by \`${TABLE_COMMAND}\` from \`mocks/scenarios/\`: don’t edit this file. A test fails if it is out of date.`,
    'Each scenario shows its failure in the page and, where the table says so, GitLab’s own words; its test fixes the scenario and tries again, without typing or selecting anything again. What the connection check says in each is tested in [connection-check.test.ts](../src/gitlab/check/connection-check.test.ts). [For QA](qa.md#scenarios) says how to start one.',
    ...parts,
    '## Problems without a scenario',
    tableOf(
      ['What GitLab’s users see', 'Here', 'Test'],
      withoutScenario.map(({ trouble, here, test }) => [trouble, here, test ? linkTo(test) : '–']),
    ),
    '## Failures without a scenario',
    tableOf(
      ['Failure on this page', 'Test'],
      failuresWithoutScenario().map(([code, test]) => [nameOf(code), linkTo(test)]),
    ),
  ].join('\n\n')}\n`
}

function failuresWithoutScenario(): [code: string, test: string][] {
  const played = new Set(scenarios.flatMap(({ failure, check = {} }) => [failure, ...Object.values(check)]))
  const others = (Object.keys(failures) as (keyof typeof failures)[]).filter((code) => !played.has(code))
  return others.map((code) => {
    const test = testsOfOtherFailures[code]
    if (test === undefined) throw new Error(`The failure ${code} needs a scenario, or a test of its own.`)
    return [code, test]
  })
}

/** The code, and the title as an administrator of gitlab.example.com reads it. */
function nameOf(code: string, clue?: string): string {
  const wordsFor: Failure = failures[code as keyof typeof failures]
  const facts = {
    instanceName: 'gitlab.example.com',
    instanceUrl: 'https://gitlab.example.com',
    appUrl: 'https://gitlab.com',
    redirectUri: 'https://gitlab.com/-/jira_connect/oauth_callbacks',
  }
  const { title } = wordsFor(facts, { clue: clue as FailureEvidence['clue'], isQuoted: true })
  return `\`${code}\`: ${title}`
}

function quoteOf({ gitlabSays }: Scenario): string {
  return gitlabSays === undefined ? '' : `. GitLab said: “${gitlabSays}”`
}

function linkTo(file: string): string {
  return `[${file.split('/').at(-1)}](../${file})`
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
