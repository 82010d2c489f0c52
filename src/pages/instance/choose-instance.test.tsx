import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { mockClipboard } from '#src/testing/clipboard.ts'
import { fieldValue, linkedGroups, renderPage } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'
import { APP_URL, GITLAB_URL } from '#src/testing/world.ts'
import { texts } from '#src/texts/texts.ts'

const SAVE = 'PUT /-/jira_connect/installations'
const INSTALLATION = 'GET /-/jira_connect/installations'
const LIST = 'GET /-/jira_connect/subscriptions.json'
const GITLAB_NAME = 'gitlab.localhost:4702'
const OF_APP = { instance: 'app', instances: 'any' } as const
const OF_GITLAB = { instance: 'gitlab', instances: 'any' } as const

test('goes from a fresh installation through the guide to the groups of an instance of their own', async () => {
  const { user, world, signIn } = await renderPage({
    ...OF_APP,
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await user.click(await screen.findByRole('button', { name: 'Use a different GitLab instance' }))
  expect(await screen.findByRole('textbox', { name: 'Instance URL' }), 'the next thing to do').toHaveFocus()
  const guide = within(guideElement())
  expect(fieldValue(guide, 'Redirect URI')).toHaveTextContent(`${APP_URL}/-/jira_connect/oauth_callbacks`)
  expect(fieldValue(guide, 'Jira Connect Proxy URL').querySelector('code')).toHaveTextContent(
    new RegExp(`^${APP_URL}$`),
  )
  await typeAddress(user, ` ${GITLAB_URL}/acme/web/-/issues `)
  expect(screen.getByText(/^Will be saved as/)).toHaveTextContent(new RegExp(`${GITLAB_URL}$`))
  const pages = guide
    .getAllByRole('link', { name: /^Open in GitLab/ })
    .map((link) => link.getAttribute('href'))
  expect(pages).toContain(`${GITLAB_URL}/admin/applications`)
  await save(user)

  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
  expect(await linkedGroups()).toHaveLength(3)
  expect(screen.getByText('Acme Corp / Web')).toBeVisible()
  const changed = screen.getAllByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))
  expect(changed, 'shown, and read out').toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.getByRole('button', { name: 'Change' }), 'focus is not lost').toHaveFocus()
  expect(screen.getAllByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))).toHaveLength(1)
  expect(savedAddresses(world)).toEqual([GITLAB_URL])
  expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).toEqual(['gitlab-for-jira.locale'])
  await signIn()
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toBeVisible()
  expect(world.app.store.tokens.size).toBe(0)
})

test.each([
  [GITLAB_URL, 'prerequisites', 'set-up-your-instance-for-atlassian-marketplace-installation'],
  [APP_URL, 'prerequisites-1', 'set-up-your-instance-for-manual-installation'],
])(
  'the guide for %s links to the sections that GitLab has for that kind of installation',
  async (address, ...sections) => {
    const { user } = await renderPage(OF_APP)
    await change(user)
    await selectSelfManaged(user)
    await typeAddress(user, address)
    const links = screen.getAllByRole('link', {
      name: new RegExp(`^${texts.setUpGuide.documentation}`),
      hidden: true,
    })
    const hashes = links
      .map((link) => new URL((link as HTMLAnchorElement).href).hash.slice(1))
      .filter(Boolean)
    expect([hashes[0], hashes[2]]).toEqual(sections)
  },
)

test('forgets the sign-in and the groups of the instance before, without a reload', async () => {
  const { user, world } = await renderPage({ ...OF_APP, signedInAs: 'Amira Haddad' })
  const before = (await linkedGroups()).map((row) => row.textContent)
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, GITLAB_URL)
  await save(user)
  const question = within(await screen.findByRole('alertdialog', { name: `Change to ${GITLAB_NAME}?` }))
  expect(question.getByText(/^3 groups on GitLab\.com stay linked and keep sending/)).toBeVisible()
  expect(savedAddresses(world)).toEqual([])
  await user.click(question.getByRole('button', { name: texts.chooseInstance.confirmButton }))
  expect(await screen.findByRole('button', { name: `Sign in to ${GITLAB_NAME}` })).toBeVisible()
  const after = (await linkedGroups()).map((row) => row.textContent)
  expect(after.filter((text) => before.includes(text))).toEqual([])
  expect(screen.queryByText(/^Signed in as/)).toBeNull()
  await waitFor(() =>
    expect([...world.app.store.tokens.values()].map(({ revoked }) => revoked)).toEqual([true]),
  )
})

test('doesn’t advise to unlink what an instance has that only moved to another URL', async () => {
  const { user } = await renderPage(OF_GITLAB)
  await linkedGroups()
  await change(user)
  await typeAddress(user, 'http://git.example.com')
  await save(user)
  expect(await screen.findByRole('alertdialog')).toHaveTextContent(
    /unlink them first\. If git\.example\.com is the same instance at a different URL, its groups stay linked/,
  )
})

test('asks before it goes back, says that the groups will be unlinked, and can be canceled', async () => {
  const { user, world } = await renderPage(OF_GITLAB)
  await linkedGroups()
  await change(user)
  await user.click(screen.getByRole('radio', { name: 'GitLab.com' }))
  await save(user)
  const question = within(await screen.findByRole('alertdialog', { name: 'Change to GitLab.com?' }))
  expect(
    question.getByText(
      `3 groups linked on ${GITLAB_NAME} will be unlinked. Data already in Jira isn’t removed.`,
    ),
  ).toBeVisible()
  expect(question.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  const saveButton = screen.getByRole('button', { name: texts.chooseInstance.save })
  expect(saveButton, 'focus is not lost').toHaveFocus()
  expect(savedAddresses(world)).toEqual([])

  await save(user)
  await user.click(await screen.findByRole('button', { name: 'Change instance and unlink 3 groups' }))
  expect(await screen.findByText('GitLab.com', { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([null])
  // GitLab hears of it in the background.
  await world.app.idle()
  expect(world.gitlab.store.subscriptions.size).toBe(0)
  await linkedGroups()
  expect(screen.queryByText('Acme Corp / Web')).toBeNull()
})

test('leaves everything as it is if choosing is canceled or changes nothing', async () => {
  const { user, world } = await renderPage(OF_GITLAB)
  await change(user)
  expect(screen.getByRole('textbox', { name: 'Instance URL' })).toHaveValue(GITLAB_URL)
  await save(user)
  expect(await screen.findByText('Acme Corp / Web')).toBeVisible()
  await change(user)
  await typeAddress(user, 'https://other.example.com')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByText('Acme Corp / Web')).toBeVisible()
  expect(savedAddresses(world)).toEqual([])
})

test('starts with the only alternative, and says which instance is in use and how many groups are linked there', async () => {
  const { user } = await renderPage(OF_APP)
  await change(user)
  expect(screen.getByRole('radio', { name: texts.chooseInstance.own })).toBeChecked()
  expect(screen.getByRole('textbox')).toHaveFocus()
  expect(screen.getByText(/^This Jira site uses/)).toHaveTextContent(
    'This Jira site uses GitLab.com. 3 groups are linked.',
  )
})

test('the guide takes one line until it is opened, and then shows the first step that is not done', async () => {
  const { user } = await renderPage(OF_GITLAB)
  await change(user)
  const { prerequisites, application, reverseProxy } = texts.setUpGuide.steps
  expect(screen.getByText(prerequisites.title)).not.toBeVisible()
  await openGuide(user)
  expect(screen.getByText(prerequisites.text({ appUrl: APP_URL }))).toBeVisible()
  expect(screen.getByText(application.text)).not.toBeVisible()
  expect(summaryOf(prerequisites.title)).toHaveAttribute('aria-current', 'step')

  await user.click(screen.getByRole('checkbox', { name: `Done ${prerequisites.title}` }))
  expect(
    screen.getByText(prerequisites.text({ appUrl: APP_URL })),
    'a step that is done closes',
  ).not.toBeVisible()
  expect(screen.getByText(application.text), 'and the next one opens').toBeVisible()
  expect(summaryOf(prerequisites.title)).not.toHaveAttribute('aria-current')
  expect(summaryOf(application.title)).toHaveAttribute('aria-current', 'step')
  expect(guideElement()).toHaveTextContent(texts.setUpGuide.done({ done: 1, steps: 5 }))

  await user.click(screen.getByText(reverseProxy.title))
  expect(screen.getByText(reverseProxy.text), 'later steps can be opened').toBeVisible()
  expect(screen.getByText(application.text)).toBeVisible()
})

test('a step that only some installations need does not open by itself', async () => {
  const { user } = await renderPage(OF_GITLAB)
  await change(user)
  await openGuide(user)
  for (const box of screen.getAllByRole('checkbox', { name: /^Done / }).slice(0, -1)) await user.click(box)
  const { title, text } = texts.setUpGuide.steps.reverseProxy
  expect(summaryOf(title)).toHaveAttribute('aria-current', 'step')
  expect(screen.getByText(text)).not.toBeVisible()
})

test('keeps what is ticked off in the guide while the page is open', async () => {
  const { user } = await renderPage(OF_GITLAB)
  await change(user)
  await openGuide(user)
  const { prerequisites, application } = texts.setUpGuide.steps
  await user.click(screen.getByRole('checkbox', { name: `Done ${prerequisites.title}` }))
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await linkedGroups()
  expect(screen.getByRole('button', { name: 'Change' }), 'focus goes back').toHaveFocus()
  await change(user)
  expect(screen.getByRole('checkbox', { name: `Done ${prerequisites.title}` })).toBeChecked()
  expect(screen.getByRole('checkbox', { name: `Done ${application.title}` })).not.toBeChecked()
  await user.click(screen.getByText(texts.setUpGuide.title, { exact: false }))
  expect(screen.getByText(application.title)).not.toBeVisible()
})

test.each([
  ['', 'instance-url-empty'],
  [`https://example.com/${'a'.repeat(1100)}`, 'instance-url-too-long'],
  ['not an address', 'instance-url-unreadable'],
  ['ftp://gitlab.example.com', 'instance-url-scheme'],
  ['https://root:secret@gitlab.example.com', 'instance-url-credentials'],
  ['https://gitlab.example.com/?next=1', 'instance-url-query'],
  ['https://[2001:db8::1]', 'instance-url-ipv6'],
] as const)('refuses “%s” with a sentence of its own, and sends nothing', async (address, problem) => {
  const { user, world } = await renderPage(OF_APP)
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, address)
  await save(user)
  const field = screen.getByRole('textbox', { name: 'Instance URL' })
  const sentence = texts.chooseInstance.problems[problem]
  expect(screen.getByRole('alert')).toHaveTextContent(sentence)
  expect(field).toBeInvalid()
  expect(field).toHaveAccessibleDescription(expect.stringContaining(sentence))
  expect(field).toHaveFocus()
  expect(field).toHaveValue(address)
  expect(savedAddresses(world)).toEqual([])
})

test('offers the other reading of a path, and saves what was selected', async () => {
  const { user, world } = await renderPage({
    ...OF_APP,
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, `${GITLAB_URL.replace('http://', 'HTTP://')}/acme`)
  const willBeSaved = () => screen.queryByText(/^Will be saved as/)
  expect(willBeSaved()).toHaveTextContent(`${GITLAB_URL}/acme`)
  await user.click(screen.getByRole('button', { name: `Use ${GITLAB_URL} instead` }))
  expect(willBeSaved(), 'it is what is typed').toBeNull()
  await save(user)
  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([GITLAB_URL])
})

test('where a path is more likely a group’s, offers to keep it all the same, until something else is typed', async () => {
  const { user, world } = await renderPage({
    ...OF_APP,
    gitlabPath: '/tools/forge',
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  const whole = `${GITLAB_URL}/tools/forge`
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, whole)
  const willBeSaved = () => screen.queryByText(/^Will be saved as/)
  expect(willBeSaved()).toHaveTextContent(new RegExp(`${GITLAB_URL}$`))
  await user.click(screen.getByRole('button', { name: `Use ${whole} instead` }))
  expect(willBeSaved(), 'it is what is typed').toBeNull()
  await user.click(screen.getByRole('button', { name: `Use ${GITLAB_URL} instead` }))
  expect(willBeSaved()).toHaveTextContent(new RegExp(`${GITLAB_URL}$`))
  await user.click(screen.getByRole('button', { name: `Use ${whole} instead` }))
  await typeAddress(user, `${GITLAB_URL}/acme/web`)
  expect(willBeSaved()).toHaveTextContent(new RegExp(`${GITLAB_URL}$`))

  await typeAddress(user, whole)
  await user.click(screen.getByRole('button', { name: `Use ${whole} instead` }))
  await save(user)
  expect(await screen.findByText(`${GITLAB_NAME}/tools/forge`, { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([whole])
  await change(user)
  await save(user)
  expect(savedAddresses(world), 'what is in use stays as it is').toEqual([whole])
})

test('leads back to the linked groups from the question that says they should be unlinked first', async () => {
  const { user, world } = await renderPage(OF_APP)
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, GITLAB_URL)
  await save(user)
  const question = within(await screen.findByRole('alertdialog'))
  await user.click(question.getByRole('button', { name: texts.chooseInstance.backToGroups }))
  expect(screen.queryByRole('heading', { name: texts.chooseInstance.title })).toBeNull()
  expect(await linkedGroups()).toHaveLength(3)
  expect(savedAddresses(world)).toEqual([])
})

test('offers no change where the deployment allows none', async () => {
  await renderPage({
    instance: 'app',
    instances: 'none',
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await screen.findByText('No groups are linked', { exact: false })
  await screen.findByRole('button', { name: 'Sign in to GitLab.com' })
  expect(screen.queryByRole('button', { name: 'Change' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Use a different GitLab instance' })).toBeNull()
})

test('offers the instances that the deployment names by host, and no other', async () => {
  const { user, world } = await renderPage({
    instance: 'app',
    instances: [`${GITLAB_URL}/`, 'http://other.example.com/gitlab', APP_URL],
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await change(user)
  const radios = screen.getAllByRole('radio')
  expect(radios.map((radio) => radio.closest('label')?.textContent)).toEqual([
    'GitLab.com',
    GITLAB_NAME,
    'other.example.com/gitlab',
  ])
  expect(radios[0]).toBeChecked()
  await user.click(screen.getByRole('radio', { name: GITLAB_NAME }))
  expect(screen.queryByRole('textbox')).toBeNull()
  await save(user)
  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([GITLAB_URL])
})

test('offers to keep the instance in use where the deployment no longer names it', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', instances: ['http://other.example.com'] })
  await change(user)
  expect(screen.getByRole('radio', { name: GITLAB_NAME })).toBeChecked()
  await save(user)
  expect(await linkedGroups()).toHaveLength(3)
  expect(savedAddresses(world)).toEqual([])
})

async function change(user: UserEvent): Promise<void> {
  await user.click(await screen.findByRole('button', { name: 'Change' }))
  await screen.findByRole('heading', { name: texts.chooseInstance.title })
}

async function selectSelfManaged(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole('radio', { name: texts.chooseInstance.own }))
}

async function openGuide(user: UserEvent): Promise<void> {
  await user.click(screen.getByText(texts.setUpGuide.title, { exact: false }))
}

function guideElement(): HTMLElement {
  return screen.getByText(texts.setUpGuide.title, { exact: false }).closest('details') as HTMLElement
}

const summaryOf = (step: string) => screen.getByText(step).closest('summary')

/** Pastes, as people do. */
async function typeAddress(user: UserEvent, address: string): Promise<void> {
  const field = screen.getByRole('textbox', { name: 'Instance URL' })
  await user.clear(field)
  await user.click(field)
  if (address !== '') await user.paste(address)
}

async function save(user: UserEvent): Promise<void> {
  await user.click(await screen.findByRole('button', { name: texts.chooseInstance.save }))
}

/** Opens the page, and confirms a change to GitLab.com, which is refused once. */
async function renderRefusedChange() {
  const page = await renderPage(OF_GITLAB)
  const { user, world } = page
  await linkedGroups()
  await change(user)
  await user.click(screen.getByRole('radio', { name: 'GitLab.com' }))
  await save(user)
  world.answer(SAVE, refusal, 1)
  await user.click(await screen.findByRole('button', { name: 'Change instance and unlink 3 groups' }))
  return { ...page, failure: within(await screen.findByRole('alert')) }
}

const refusal = () => Response.json({ errors: 'Could not be installed' }, { status: 422 })

/** What the page asked to be saved, oldest first. */
function savedAddresses(world: Awaited<ReturnType<typeof renderPage>>['world']): unknown[] {
  return world.asked(SAVE).map(({ body }) => JSON.parse(body).installation.instance_url)
}

test.each([
  ['the connection breaks', () => Response.error()],
  ['a proxy gives up', () => new Response('<h1>504</h1>', { status: 504 })],
])(
  'says that another instance is in use if GitLab has saved it and %s on the way back',
  async (_how, lost) => {
    const { user, world } = await renderPage(OF_APP)
    await change(user)
    await selectSelfManaged(user)
    await typeAddress(user, GITLAB_URL)
    world.answer(
      SAVE,
      async (next) => {
        await next()
        return lost()
      },
      1,
    )
    await save(user)
    await user.click(await screen.findByRole('button', { name: 'Change instance' }))
    expect(await screen.findAllByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))).toHaveLength(2)
    expect(screen.queryByRole('alert')).toBeNull()
    expect(world.asked(SAVE)).toHaveLength(1)
  },
)

test.each([
  ['GitLab can’t reach it, and takes it back', 'rejected'],
  ['GitLab can’t be asked', 'unreadable'],
] as const)(
  'says that it’s unknown which instance will be in use if the response is lost and %s',
  async (_why, how) => {
    const { user, world } = await renderPage(OF_APP)
    await change(user)
    await selectSelfManaged(user)
    await typeAddress(user, GITLAB_URL)
    const [installation] = world.app.store.installations.values()
    world.answer(
      SAVE,
      () => {
        // GitLab saves it, and is still waiting for the other instance when a proxy gives up.
        if (installation) installation.instanceUrl = GITLAB_URL
        return new Response('<h1>504</h1>', { status: 504 })
      },
      1,
    )
    if (how === 'unreadable')
      world.answer('GET /-/jira_connect/installations', () => new Response('<h1>502</h1>', { status: 502 }))
    await save(user)
    await user.click(await screen.findByRole('button', { name: 'Change instance' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Reload this page in a minute')
    if (installation) installation.instanceUrl = null
    expect(screen.queryByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))).toBeNull()
    expect(screen.getByRole('textbox', { name: 'Instance URL' })).toHaveValue(GITLAB_URL)
    expect(screen.queryByText(GITLAB_NAME, { selector: 'strong' })).toBeNull()
    expect(world.asked(SAVE)).toHaveLength(1)
  },
)

test.each([
  ['can’t be read', ({ answer }: TestWorld) => answer(LIST, () => Response.error())],
  ['is still on its way', ({ hold }: TestWorld) => void hold(LIST)],
])(
  'asks before a change that would unlink groups, also while the list of linked groups %s',
  async (_why, arrange) => {
    const { user, world } = await renderPage({ ...OF_GITLAB, arrange })
    await change(user)
    await user.click(screen.getByRole('radio', { name: 'GitLab.com' }))
    await save(user)
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent(texts.chooseInstance.removesAnyLinks)
    expect(savedAddresses(world)).toEqual([])
    await user.click(within(question).getByRole('button', { name: 'Change instance' }))
    expect(await screen.findByText('GitLab.com', { selector: 'strong' })).toBeVisible()
    expect(savedAddresses(world)).toEqual([null])
  },
)

test.each([
  ['is no URL', (url: string) => url.replace('http:', 'ftp:')],
  ['can’t be read', undefined],
])(
  'saves the instance that serves the page where the one in use %s, since that may be another one',
  async (_why, spoil) => {
    const { user, world } = await renderPage({
      ...OF_GITLAB,
      arrange({ app, answer }) {
        const [installation] = app.store.installations.values()
        if (spoil && installation) installation.instanceUrl = spoil(GITLAB_URL)
        else answer(INSTALLATION, () => new Response('<h1>403</h1>', { status: 403 }), 2)
      },
    })
    await user.click(await screen.findByRole('button', { name: texts.choosing.useOther }))
    await user.click(await screen.findByRole('radio', { name: 'GitLab.com' }))
    await save(user)
    const question = await screen.findByRole('alertdialog')
    expect(question).toHaveTextContent(texts.chooseInstance.removesAnyLinks)
    await user.click(within(question).getByRole('button', { name: 'Change instance' }))
    expect(await screen.findByText('GitLab.com', { selector: 'strong' })).toBeVisible()
    expect(savedAddresses(world)).toEqual([null])
    expect(screen.queryByRole('alert')).toBeNull()
  },
)

test('that the instance was changed is over with the next step, and isn’t said again after signing out', async () => {
  const { user, signIn } = await renderPage({
    ...OF_APP,
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await change(user)
  await typeAddress(user, GITLAB_URL)
  await save(user)
  const notice = within(await screen.findByRole('main'))
  const changed = texts.chooseInstance.changed({ name: GITLAB_NAME })
  expect(await notice.findByText(changed)).toBeVisible()
  await signIn()
  expect(notice.queryByText(changed)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(await screen.findByRole('button', { name: /^Sign in to / })).toBeVisible()
  expect(notice.queryByText(changed)).toBeNull()
})

test('a refused change is retried where its failure is, without being asked for a second time', async () => {
  const { user, world } = await renderPage(OF_APP)
  await linkedGroups()
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, GITLAB_URL)
  await save(user)
  world.answer(SAVE, refusal, 2)
  await user.click(await screen.findByRole('button', { name: 'Change instance' }))
  const failure = within(await screen.findByRole('alert'))
  expect(screen.queryByRole('alertdialog'), 'it has been answered').toBeNull()
  expect(screen.getByRole('button', { name: texts.chooseInstance.save }), 'focus is not lost').toHaveFocus()
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await failure.findByText(/^Tried again at .*, with the same result\.$/)).toBeVisible()
  expect(failure.getByRole('button', { name: 'Try again' })).toHaveFocus()
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([GITLAB_URL, GITLAB_URL, GITLAB_URL])
})

test('while a refused change is tried again, neither Cancel nor another click does anything behind its back', async () => {
  const { user, world, failure } = await renderRefusedChange()
  const proceed = world.hold(INSTALLATION)
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.getByRole('radio', { name: 'GitLab.com' }), 'it is too late').toBeVisible()
  await user.click(failure.getByRole('button', { name: /^Try again/ }))
  proceed()
  expect(await screen.findByText('GitLab.com', { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([null, null])
})

test('Enter in the field saves nothing a second time while it is being saved', async () => {
  const { user, world } = await renderPage(OF_APP)
  await linkedGroups()
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, GITLAB_URL)
  await save(user)
  const proceed = world.hold(SAVE)
  await user.click(await screen.findByRole('button', { name: 'Change instance' }))
  await user.type(screen.getByRole('textbox', { name: 'Instance URL' }), '{Enter}')
  proceed()
  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
  expect(savedAddresses(world)).toEqual([GITLAB_URL])
})

test('a refused change is asked for again if another instance has come into use since', async () => {
  const { user, world, failure } = await renderRefusedChange()
  for (const one of world.app.store.installations.values()) one.instanceUrl = 'http://third.localhost'
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('alertdialog')).toHaveTextContent(texts.chooseInstance.removesAnyLinks)
  expect(savedAddresses(world)).toEqual([null])
})

test('that the instance knows this Jira site confirms nothing if it did before: GitLab might still take it back', async () => {
  const { user, world } = await renderPage({
    ...OF_APP,
    // It was in use once.
    arrange: ({ app, gitlab }) => {
      for (const [key, one] of app.store.installations) gitlab.store.installations.set(key, { ...one })
    },
  })
  await change(user)
  await selectSelfManaged(user)
  await typeAddress(user, GITLAB_URL)
  const [installation] = world.app.store.installations.values()
  world.answer(SAVE, () => {
    // GitLab saves it, and is still waiting for the other instance when a proxy gives up.
    if (installation) installation.instanceUrl = GITLAB_URL
    return new Response('<h1>504</h1>', { status: 504 })
  })
  await save(user)
  await user.click(await screen.findByRole('button', { name: 'Change instance' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Reload this page in a minute')
  expect(screen.queryByText(texts.chooseInstance.changed({ name: GITLAB_NAME }))).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Instance URL' })).toHaveValue(GITLAB_URL)
})

test('what is being saved can’t be edited meanwhile', async () => {
  const { user, world } = await renderPage({
    ...OF_APP,
    arrange: ({ app }) => app.store.subscriptions.clear(),
  })
  await change(user)
  await typeAddress(user, GITLAB_URL)
  const release = world.hold('PUT /-/jira_connect/installations')
  await save(user)
  await user.type(screen.getByRole('textbox'), '/more')
  expect(screen.getByRole('textbox')).toHaveValue(GITLAB_URL)
  release()
  expect(await screen.findByText(GITLAB_NAME, { selector: 'strong' })).toBeVisible()
})

test('of a value with many lines, the guide shows the first ones, and copies all', async () => {
  const { user } = await renderPage(OF_APP)
  await change(user)
  await typeAddress(user, GITLAB_URL)
  const value = within(fieldValue(within(guideElement()), 'nginx'))
  const block = value.getByRole('region', { name: 'nginx', hidden: true })
  // It scrolls, which must be possible by keyboard.
  expect(block).toHaveAttribute('tabindex', '0')
  const copied = mockClipboard()
  await user.click(value.getByRole('button', { name: /nginx/, hidden: true }))
  expect(copied()).toBe(block.textContent)
  expect(copied().split('\n').length).toBeGreaterThan(20)
})

test('without an instance URL, the guide offers no value to copy that would contain it', async () => {
  const { user } = await renderPage(OF_APP)
  await change(user)
  const guide = within(guideElement())
  for (const name of ['Jira Connect Additional Audience URL', 'nginx']) {
    const value = () => within(fieldValue(guide, name))
    expect(fieldValue(guide, name)).toHaveTextContent(new RegExp(`^${texts.setUpGuide.needsUrl}$`))
    expect(value().queryByRole('button', { hidden: true })).toBeNull()
    await typeAddress(user, GITLAB_URL)
    expect(value().getByRole('button', { hidden: true })).toBeInTheDocument()
    expect(fieldValue(guide, name)).toHaveTextContent('gitlab.localhost')
    await typeAddress(user, '')
  }
  expect(guideElement()).not.toHaveTextContent('example')
})
