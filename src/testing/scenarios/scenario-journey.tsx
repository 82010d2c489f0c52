import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, vi } from 'vitest'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { addScenarioGroups, applyScenarioSettings } from '#mocks/scenarios/scenario.ts'
import { mockClipboard } from '#src/testing/clipboard.ts'
import type { Page } from '#src/testing/render-page.tsx'
import { groupField, linkedGroups, renderPage, selectGroup, userLink } from '#src/testing/render-page.tsx'
import { expectNoSecret } from '#src/testing/secrets.ts'
import { APP_URL, GITLAB_URL } from '#src/testing/world.ts'
import type { Failure, FailureEvidence, FailureFacts } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'
import { texts } from '#src/texts/texts.ts'

const GITLAB_NAME = 'gitlab.localhost:4702'
const UNLINKED = 'Acme Corp / Web'
/** Longer than the page waits for Jira, or for GitLab. */
const LONGEST_WAIT_MS = 31_000

/** A task of an administrator, in which the scenario's failure shows. */
interface Journey {
  /** Performs the task, up to the failure. */
  go(page: Page): Promise<void>
  /** Retries where the failure has no button for it, with nothing typed or selected again. */
  again(page: Page): Promise<void>
  /** Expects what shows once it works. */
  works(page: Page): Promise<void>
}

const journeys: Record<Scenario['when'], Journey> = {
  opening: {
    go: async () => undefined,
    again: impossible,
    async works() {
      expect(await linkedGroups()).toHaveLength(3)
      expect(await screen.findByRole('button', { name: /^Sign in to / })).toBeEnabled()
    },
  },

  'saving-instance': {
    async go({ user }) {
      await user.click(await screen.findByRole('button', { name: texts.choosing.change }))
      await user.click(await screen.findByRole('radio', { name: texts.chooseInstance.own }))
      await user.click(screen.getByRole('textbox', { name: texts.chooseInstance.address }))
      await user.paste(GITLAB_URL)
      await save({ user })
    },
    again: save,
    async works() {
      expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
      expect(await linkedGroups()).toHaveLength(3)
    },
  },

  'signing-in': {
    go: signIn,
    again: signIn,
    async works() {
      expect(await userLink('amira')).toBeVisible()
      expect(await screen.findByRole('combobox', { name: 'Groups' })).toBeVisible()
    },
  },

  searching: {
    go: signIn,
    again: signIn,
    async works({ user, world }) {
      await screen.findByRole('combobox', { name: 'Groups' })
      await user.click(groupField())
      if (world.gitlab.settings.roles === 'lost before listing')
        expect(await screen.findByText(texts.linkGroups.noneAtAll)).toBeVisible()
      else expect((await screen.findAllByRole('option')).length).toBeGreaterThan(0)
    },
  },

  linking: {
    async go(page) {
      await signIn(page)
      await screen.findByRole('combobox', { name: 'Groups' })
      await selectGroup(page.user, groupToLink(page).fullPath)
      await page.user.click(screen.getByRole('button', { name: /^Link / }))
    },
    again: impossible,
    async works(page) {
      const { fullName, id } = groupToLink(page)
      await screen.findByRole('button', { name: texts.list.unlinkGroup({ name: fullName }) })
      const linked = [...page.world.instance.store.subscriptions.values()]
      expect(linked.filter(({ groupId }) => groupId === id)).toHaveLength(1)
    },
  },

  unlinking: {
    async go({ user }) {
      await user.click(
        await screen.findByRole('button', { name: texts.list.unlinkGroup({ name: UNLINKED }) }),
      )
      await unlink({ user })
    },
    again: unlink,
    async works({ world }) {
      await waitFor(() => expect(screen.queryByText(UNLINKED)).toBeNull())
      expect(world.gitlab.store.subscriptions.size).toBe(2)
    },
  },
}

/** Performs the task of a scenario in which nothing fails. */
export async function goWithoutFailure(scenario: Scenario): Promise<void> {
  const isJiraLate = scenario.settings.jira?.getToken === 'late'
  if (isJiraLate) playTime()
  const { page } = await open(scenario)
  const { go, works } = journeys[scenario.when]
  await go(page)
  if (isJiraLate) await passTime(scenario, page)
  await works(page)
  expect(screen.queryByRole('alert')).toBeNull()
}

/** Performs the scenario's task, expects its failure, fixes the scenario, and retries without typing anything again. */
export async function meetFailure(scenario: Scenario): Promise<void> {
  const hangs = scenario.failure === 'jira-silent' || scenario.failure === 'gitlab-too-slow'
  if (hangs) playTime()
  const copied = mockClipboard()
  const { page, mend } = await open(scenario)
  const { go, again, works } = journeys[scenario.when]
  await go(page)
  if (hangs) await passTime(scenario, page)

  const failure = await screen.findByRole('alert')
  expectWords(failure, scenario, page)
  await page.user.click(within(failure).getByRole('button', { name: texts.details.copy }))
  const clue = scenario.clue === undefined ? '' : ` (${scenario.clue})`
  expect(copied()).toContain(`Code: ${scenario.failure}${clue}\n`)
  expectNoSecret(copied(), page.world)

  mend()
  const tryAgain = within(failure).queryByRole('button', { name: texts.tryAgain })
  if (tryAgain) await page.user.click(tryAgain)
  else await again(page)
  await works(page)
  expect(screen.queryByRole('alert')).toBeNull()
}

async function open(scenario: Scenario): Promise<{ page: Page; mend: () => void }> {
  let mend = () => {}
  const page = await renderPage({
    instance: scenario.instance,
    instances: 'any',
    arrange(world) {
      // Otherwise selecting another instance would need a confirmation.
      if (scenario.when === 'saving-instance') world.app.store.subscriptions.clear()
      addScenarioGroups(scenario, world)
      mend = applyScenarioSettings(scenario, world)
    },
  })
  return { page, mend }
}

/** Expects the title, the cause, every step with its values, and GitLab's own words, if any. */
function expectWords(failure: HTMLElement, scenario: Scenario, page: Page): void {
  const code = scenario.failure as keyof typeof failures
  expect(failure).toHaveAttribute('data-failure', code)
  const wordsFor: Failure = failures[code]
  const {
    title,
    cause,
    causes = [],
    steps = [],
  } = wordsFor(factsOf(scenario, page), {
    clue: scenario.clue as FailureEvidence['clue'],
    isQuoted: scenario.gitlabSays !== undefined,
  })
  expect(failure).toHaveAccessibleName(title)
  expect(within(failure).getByText(cause)).toBeVisible()
  const all = [...causes.flatMap((possible) => [possible.cause, ...possible.steps]), ...steps]
  const shown = within(failure).getAllByRole('listitem')
  expect(shown).toHaveLength(all.length)
  for (const [index, step] of all.entries()) {
    const { text, values = [] } = typeof step === 'string' ? { text: step } : step
    expect(shown[index]).toHaveTextContent(text)
    for (const { name, value } of values) {
      const field = within(shown[index] as HTMLElement).getByText(name, { selector: 'dt' })
      expect(field.nextElementSibling).toHaveTextContent(value)
    }
  }
  const quoted = [...failure.querySelectorAll('q')].map(({ textContent }) => textContent)
  expect(quoted).toEqual(scenario.gitlabSays === undefined ? [] : [scenario.gitlabSays])
}

/** What the words must name: the one of the two that refused, and its values. */
function factsOf({ when, instance, failure = '', check = {} }: Scenario, { world }: Page): FailureFacts {
  const atApp =
    when === 'saving-instance'
      ? !/^(installation|instance-url)-/.test(failure)
      : 'app' in check || instance === 'app'
  const { settings, store } = world.gitlab
  return {
    instanceName: atApp ? 'GitLab.com' : GITLAB_NAME,
    instanceUrl: atApp ? APP_URL : GITLAB_URL,
    appUrl: APP_URL,
    redirectUri: `${APP_URL}/-/jira_connect/oauth_callbacks`,
    clientId: settings.applicationIdMistyped ?? store.oauthApplication.clientId,
  }
}

async function save({ user }: Pick<Page, 'user'>): Promise<void> {
  await user.click(screen.getByRole('button', { name: texts.chooseInstance.save }))
}

async function signIn({ user, popup }: Page): Promise<void> {
  await linkedGroups()
  const before = popup.opened.length
  await user.click(await screen.findByRole('button', { name: /^Sign in to / }))
  if (popup.opened.length > before) await popup.authorizeOrClose()
}

async function unlink({ user }: Pick<Page, 'user'>): Promise<void> {
  const question = within(await screen.findByRole('alertdialog'))
  await user.click(question.getByRole('button', { name: texts.list.unlink }))
}

async function impossible(): Promise<never> {
  throw new Error('The failure has no button to try again.')
}

/** A group that isn't linked yet. */
function groupToLink({ world: { app, instance } }: Page) {
  const path = instance === app ? 'acme-corp/customer-projects/vandelay' : 'acme/payments/invoicing'
  const group = instance.store.groups.findByFullPath(path)
  if (!group) throw new Error(`There is no group ${path}.`)
  return group
}

/** Fakes time, including that of `AbortSignal.timeout`. */
function playTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(new DOMException('The time is over.', 'TimeoutError')), ms)
    return abort.signal
  })
}

async function passTime({ failure }: Scenario, { world }: Page): Promise<void> {
  if (failure === 'gitlab-too-slow')
    await waitFor(() => expect(world.asked('GET /-/jira_connect/subscriptions.json')).toHaveLength(1))
  await act(() => vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS))
  vi.useRealTimers()
}
