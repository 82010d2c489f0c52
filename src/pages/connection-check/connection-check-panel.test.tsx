import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { applyScenarioSettings } from '#mocks/scenarios/scenario.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { mockClipboard } from '#src/testing/clipboard.ts'
import { linkedGroups, renderPage } from '#src/testing/render-page.tsx'
import { expectNoSecret } from '#src/testing/secrets.ts'
import { APP_URL, GITLAB_URL } from '#src/testing/world.ts'
import { texts } from '#src/texts/texts.ts'

test('checks the connection for a signed-in user, and copies what it found without a secret', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  const panel = await runCheck(user)
  expect(panel.getByRole('heading', { name: /^Connection check for / })).toHaveFocus()
  expect(await panel.findByText(texts.connectionCheck.allPassed)).toBeVisible()
  // Shown, and read out.
  expect(screen.getAllByText(texts.connectionCheck.allPassed)).toHaveLength(2)
  expect(panel.getAllByRole('listitem').map((row) => row.dataset.status)).toEqual(Array(11).fill('passed'))

  const copied = await copyAsText(user, panel)
  for (const part of [APP_URL, GITLAB_URL, 'build test', '@amira', '19.3.0-ee', ' ms']) {
    expect(copied).toContain(part)
  }
  expectNoSecret(copied, world)
})

test('says what to sign in for if no one is signed in, and checks the rest after that', async () => {
  const { user, signIn } = await renderPage({ instance: 'gitlab' })
  const panel = await runCheck(user)
  expect(await panel.findByText(texts.connectionCheck.needsSignIn)).toBeVisible()
  expect(panel.queryByText(texts.connectionCheck.needsEarlier)).toBeNull()
  await signIn()
  await waitFor(() =>
    expect(panel.getAllByRole('listitem').map((row) => row.dataset.status)).toEqual(Array(11).fill('passed')),
  )
  expect(panel.queryByText(texts.connectionCheck.needsSignIn)).toBeNull()
  await user.click(panel.getByRole('button', { name: texts.close }))
  expect(screen.queryByRole('heading', { name: /^Connection check for / })).toBeNull()
  expect(screen.getByRole('button', { name: texts.check.button }), 'focus goes back').toHaveFocus()
})

test('says that the rest waits for what failed, not for a sign-in, where there is nothing to sign in with', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.applicationIdBlank = true
    },
  })
  await screen.findByRole('alert')
  const panel = await runCheck(user)
  expect(await panel.findByText(texts.connectionCheck.needsEarlier)).toBeVisible()
  expect(panel.queryByText(texts.connectionCheck.needsSignIn)).toBeNull()
})

test('says what it found, when it ran, and how long a step took only if that was long', async () => {
  const { user } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  let time = performance.now()
  const now = vi.spyOn(performance, 'now').mockImplementation(() => time)
  const panel = await runCheck(user)
  await panel.findByText(texts.connectionCheck.allPassed)
  expect(panel.getByText(`(saved GitLab instance: ${new URL(GITLAB_URL).host})`)).toBeVisible()
  expect(panel.getByText(/^Checked at \d{2}:\d{2}:\d{2}\.$/)).toBeVisible()
  expect(panel.getAllByRole('list')[0]).not.toHaveTextContent(/\d ?m?s\b/)

  now.mockImplementation(() => {
    time += 1300
    return time
  })
  await user.click(panel.getByRole('button', { name: texts.connectionCheck.again }))
  await panel.findByText(texts.connectionCheck.allPassed)
  for (const row of panel.getAllByRole('listitem')) expect(row).toHaveTextContent(/passed \d[\d.,]* s$/)
})

test('explains a failure that nothing else on the page explains', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    signedInAs: 'Amira Haddad',
    arrange: ({ jira }) => {
      jira.settings.users = 'hidden'
    },
  })
  const panel = await runCheck(user)
  await panel.findByText('1 check failed.')
  const [failed] = panel.getAllByRole('listitem').filter((row) => row.dataset.status === 'failed')
  expect(failed?.dataset.step).toBe('jira-user')
  expect(within(failed as HTMLElement).getAllByRole('listitem').length).toBeGreaterThan(0)
  expect(panel.queryByRole('link', { name: texts.connectionCheck.explainedBelow })).toBeNull()
})

test('a failed check runs again once what failed works', async () => {
  let mend = () => {}
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: (world) => {
      mend = applyScenarioSettings(scenarioNamed('stale-secret'), world)
    },
  })
  const failure = await screen.findByRole('alert')
  await user.click(within(failure).getByRole('button', { name: texts.check.button }))
  const panel = await shownPanel()
  await panel.findByText('1 check failed.')
  mend()
  await user.click(within(failure).getByRole('button', { name: texts.tryAgain }))
  await linkedGroups()
  expect(await panel.findByText(texts.connectionCheck.restPassed)).toBeVisible()
  expect(panel.queryByText('1 check failed.')).toBeNull()
})

test.each([
  ['stale-secret', 'list'],
  ['application-id-blank', 'application-id'],
  ['gitlab-unreachable', 'reachable'],
  ['app-behind-sign-in-page', 'app'],
])(
  '%s: the failure offers the check, which names the step and leads back to the failure, and passes once that is fixed',
  async (name, step) => {
    const scenario = scenarioNamed(name)
    let mend = () => {}
    const { user, world } = await renderPage({
      instance: 'gitlab',
      arrange: (one) => {
        mend = applyScenarioSettings(scenario, one)
      },
    })
    const [failure] = await screen.findAllByRole('alert')
    if (!failure) throw new Error('Nothing failed.')
    await user.click(within(failure).getByRole('button', { name: texts.check.button }))
    const panel = await shownPanel()
    expect(await panel.findByText('1 check failed.')).toBeVisible()
    const failed = panel.getAllByRole('listitem').filter((row) => row.dataset.status === 'failed')
    expect(failed.map((row) => row.dataset.step)).toEqual([step])
    const [row] = failed as [HTMLElement]
    expect(within(row).queryByRole('list'), 'it is explained once').toBeNull()
    const title = within(failure).getByRole('heading', { level: 3 })
    expect(row, 'and named once').not.toHaveTextContent(title.textContent ?? '')
    expect(row).toHaveTextContent(/failed$|failed ?See what to do below$/)
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView')
    await user.click(within(row).getByRole('link', { name: texts.connectionCheck.explainedBelow }))
    expect(title).toHaveFocus()
    expect(scrolled.mock.contexts, 'even if it was in view').toEqual([failure])
    expect(scrolled).toHaveBeenCalledWith({ block: 'start' })
    expect(within(failure).getAllByRole('listitem').length).toBeGreaterThan(0)

    const copied = await copyAsText(user, panel)
    expect(copied).toContain(`Code: ${scenario.failure}`)
    expectNoSecret(copied, world)

    mend()
    await user.click(panel.getByRole('button', { name: texts.connectionCheck.again }))
    expect(await panel.findByText(texts.connectionCheck.restPassed)).toBeVisible()
  },
)

test('Escape closes it, and the focus goes back to what opened it: the button in a failure, if it’s still there', async () => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: (world) => void applyScenarioSettings(scenarioNamed('stale-secret'), world),
  })
  const [failure] = await screen.findAllByRole('alert')
  const button = within(failure as HTMLElement).getByRole('button', { name: texts.check.button })
  await user.click(button)
  const panel = await shownPanel()
  expect(panel.getByRole('heading')).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('heading', { name: /^Connection check for / })).toBeNull()
  expect(button).toHaveFocus()
})

test('names the instance it checks, and isn’t offered while another is being chosen, which it would say nothing about', async () => {
  const { user } = await renderPage({ instance: 'gitlab', instances: 'any' })
  const panel = await runCheck(user)
  expect(panel.getByRole('heading')).toHaveTextContent('Connection check for gitlab.localhost:4702')
  expect(await panel.findByText(/^GitLab\.com, which serves this page, recognizes/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Change' }))
  expect(await screen.findByRole('radio', { name: 'GitLab.com' })).toBeVisible()
  expect(screen.queryByRole('heading', { name: /^Connection check/ })).toBeNull()
  expect(screen.getByRole('button', { name: texts.check.button })).toBeDisabled()
  expect(screen.getByRole('button', { name: texts.details.copy })).toBeEnabled()
})

async function runCheck(user: UserEvent) {
  const menu = await screen.findAllByRole('button', { name: texts.check.button })
  await screen.findByText('Acme Corp / Web')
  await user.click(menu[0] as HTMLElement)
  return shownPanel()
}

async function shownPanel() {
  return within(await screen.findByRole('region', { name: /^Connection check for / }))
}

async function copyAsText(user: UserEvent, panel: ReturnType<typeof within>): Promise<string> {
  const copied = mockClipboard()
  await user.click(await panel.findByRole('button', { name: texts.connectionCheck.copy }))
  await screen.findByText(texts.copy.copied)
  return copied()
}

test('a check that is stopped claims nothing, and keeps the focus', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await screen.findByText('Acme Corp / Web')
  world.hold('GET /-/jira_connect/installations')
  const panel = await runCheck(user)
  await user.click(panel.getByRole('button', { name: texts.connectionCheck.stop }))
  expect(await panel.findByText(texts.connectionCheck.stopped)).toBeVisible()
  expect(panel.queryByText(texts.connectionCheck.restPassed)).toBeNull()
  expect(panel.getByRole('heading', { name: /^Connection check for / })).toHaveFocus()
})
