import { expect, expectOnly, test } from './fixtures.ts'

test.use({ instance: 'gitlab' })

test('names of all kinds show as the text they are, and Jira’s frame fits them', async ({
  configuration,
  gitlab,
  page,
}) => {
  for (const path of ['html', 'entity', 'arabic', 'hebrew', 'emoji', 'long'])
    gitlab.store.linkGroup(`acme/playground/${path}`)
  page.on('dialog', () => {
    throw new Error('A name was executed.')
  })
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(9)
  await expect(configuration.row('Quality <img src=x onerror=alert(1)>')).toBeVisible()
  await expect(configuration.row('R&amp;D')).toBeVisible()
  await expect(configuration.frame.locator('img[src="x"]')).toHaveCount(0)

  await test.step('Jira’s frame grows and shrinks with the page', async () => {
    await configuration.unlinkButton('Acme Corp / Web').click()
    await configuration.waitForFrameToFit()
    await configuration.cancelQuestionButton.click()
    await configuration.waitForFrameToFit()
  })
})

test('a Jira user who isn’t an administrator is told so, and can try again', async ({
  configuration,
  gitlab,
}) => {
  await configuration.open('user=member')
  const failure = configuration.failureOf('jira-user-not-administrator')

  await test.step('unlinking: the group stays', async () => {
    await configuration.unlink('Acme Corp / Web')
    await expect(failure).toContainText('org-admins or site-admins')
    await configuration.cancelQuestionButton.click()
    await expect(configuration.row('Acme Corp / Web')).toBeVisible()
    expect(gitlab.store.subscriptions.size).toBe(3)
  })

  await test.step('linking: the selection is kept', async () => {
    await configuration.signIn()
    await configuration.chooseGroup('android', 'acme/mobile/android')
    await configuration.linkButton.click()
    // GitLab's own words.
    await expect(failure).toContainText('The Jira user must be in one of these Jira groups')

    gitlab.settings.jiraUserCheck = 'admin'
    await configuration.retryButton.click()
    await expect(configuration.row('Acme Corp / Mobile / Android')).toBeVisible()
    await expect(configuration.failure).toHaveCount(0)
  })
})

test('a GitLab that does not allow requests from this page is named with the setting to change', async ({
  configuration,
  gitlab,
  local,
  complaints,
}) => {
  await local.applyScenario('proxy-url-trailing-slash')
  await configuration.open()
  const failure = configuration.failureOf('cors-refused')
  await expect(failure).toContainText(new URL(gitlab.publicUrl).host)
  await expect(failure.getByText(local.appUrl, { exact: true }), 'the value to enter').toBeVisible()

  await test.step('the connection check finds it, too, and leads to what to do', async () => {
    await configuration.failureCheckButton.click()
    const step = configuration.checkStep('cors')
    await expect(step).toHaveAttribute('data-status', 'failed')
    await expect(configuration.checkAgainButton).toBeVisible()
    await configuration.checkExplanationLink.click()
    await expect(failure.getByRole('heading', { level: 3 })).toBeFocused()
    await expect(failure.getByRole('heading', { level: 3 })).toBeInViewport()
    await configuration.closeButton.click()
  })
  expectOnly(complaints, /CORS policy/)

  local.mend()
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(3)
  await expect(configuration.signInButton).toBeEnabled()
})

test('a GitLab without an application ID is named before anyone tries to sign in', async ({
  configuration,
  gitlab,
  local,
}) => {
  gitlab.settings.applicationIdBlank = true
  await configuration.open()
  await expect(configuration.failureOf('application-id-missing')).toContainText(
    `${local.appUrl}/-/jira_connect/oauth_callbacks`,
  )
  await expect(configuration.signInButton).toHaveCount(0)
  await expect(configuration.linkedGroups).toHaveCount(3)

  gitlab.settings.applicationIdBlank = false
  await configuration.retryButton.click()
  await configuration.signIn()
})

test('a Jira that stays silent is named as such', async ({ configuration, local, page }) => {
  await page.clock.install()
  local.jira.settings.getToken = 'silent'
  const asked = page.waitForRequest(/\/context-token$/)
  await configuration.open()
  await asked
  await expect(configuration.linkedGroupsTitle).toBeVisible()
  await expect(configuration.failure).toHaveCount(0)
  await page.clock.fastForward('00:11')
  await expect(configuration.failureOf('jira-silent')).toBeVisible()
  local.jira.settings.getToken = 'answers'
  await configuration.retryButton.click()
  await expect(configuration.linkedGroups).toHaveCount(3)
})

test('selecting a group, or asking about it, moves nothing in its row and none of the rows above', async ({
  configuration,
  gitlab,
}) => {
  for (const path of ['mobile/android', 'mobile/ios']) gitlab.store.linkGroup(`acme/${path}`)
  await configuration.open()
  await expect(configuration.linkedGroups).toHaveCount(5)
  const name = 'Acme Corp / Mobile / iOS'
  const places = () =>
    Promise.all(
      ['Android', 'iOS'].map((one) => configuration.frame.getByText(one, { exact: true }).boundingBox()),
    )
  const before = await places()
  await configuration.rowBox(name).check()
  expect(await places()).toEqual(before)
  await configuration.rowBox(name).uncheck()
  await configuration.unlinkButton(name).click()
  await expect(configuration.question).toBeVisible()
  expect(await places()).toEqual(before)
})

test('a long list has the room that its rows will need: scrolling never changes the frame’s size', async ({
  configuration,
  gitlab,
  page,
}) => {
  for (let number = 1; number <= 90; number++) {
    const { fullPath } = gitlab.store.groups.add({
      parentId: null,
      name: `Team ${number}`,
      path: `team-${number}`,
      description: number % 3 === 0 ? 'What this team does' : '',
      visibility: 'private',
      hasAvatar: false,
      createdAt: Date.now(),
    })
    gitlab.store.linkGroup(fullPath)
  }
  await configuration.open()
  await configuration.frame.locator('[data-sentinel]').first().waitFor({ state: 'attached' })
  await configuration.waitForFrameToFit()
  const heights = await configuration.frame.locator('html').evaluateHandle(() => {
    const seen = [innerHeight]
    addEventListener('resize', () => seen.push(innerHeight))
    return seen
  })
  expect(await configuration.linkedGroups.count()).toBeLessThan(93)
  await expect(async () => {
    await page.mouse.wheel(0, 1_000)
    await expect(configuration.linkedGroups).toHaveCount(93, { timeout: 100 })
  }).toPass()
  await configuration.waitForFrameToFit()
  expect(await heights.jsonValue(), 'the frame’s height at first, and after each change').toHaveLength(1)

  await test.step('short texts need no box that could cut them off: the browser goes through these at every frame', async () => {
    const clips = await configuration.linkedGroups.filter({ hasText: 'Team' }).evaluateAll((rows) =>
      rows
        .flatMap((row) =>
          [row, ...row.querySelectorAll('*:not(.visually-hidden)')].filter((each) => {
            const { overflow, contain } = getComputedStyle(each)
            return overflow !== 'visible' || contain.includes('paint') || contain === 'strict'
          }),
        )
        .map(({ outerHTML }) => outerHTML),
    )
    expect(clips).toEqual([])
  })
})
