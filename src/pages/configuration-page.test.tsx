import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { fieldValue, linkedGroups, renderPage } from '#src/testing/render-page.tsx'

const LIST = 'GET /-/jira_connect/subscriptions.json'
const INSTALLATIONS = 'GET /-/jira_connect/installations'

afterEach(() => {
  vi.useRealTimers()
})

test('names the instance that this Jira site uses', async () => {
  await renderPage({ instance: 'gitlab' })
  expect(await screen.findByText('gitlab.localhost:4702', { selector: 'strong' })).toBeVisible()
})

test('opening the page moves the focus nowhere', async () => {
  await renderPage({ instance: 'gitlab' })
  expect(await linkedGroups()).toHaveLength(3)
  expect(document.body).toHaveFocus()
})

test('calls the instance that serves the page what the deployment calls it', async () => {
  await renderPage({ instance: 'app' })
  expect(await screen.findByText('GitLab.com', { selector: 'strong' })).toBeVisible()
})

test('works at an instance below a sub-path', async () => {
  const { world } = await renderPage({
    instance: 'gitlab',
    gitlabPath: '/gitlab',
    signedInAs: 'Amira Haddad',
  })
  expect(await linkedGroups()).toHaveLength(3)
  expect(screen.getByText('localhost', { exact: false, selector: 'strong' })).toHaveTextContent(
    'gitlab.localhost:4702/gitlab',
  )
  const paths = world.requests.filter(({ url }) => url.port === '4702').map(({ url }) => url.pathname)
  expect(new Set(paths.map((path) => path.split('/')[1]))).toEqual(new Set(['gitlab']))
})

test('takes the defaults where the deployment has no settings file', async () => {
  const { world } = await renderPage({
    instance: 'app',
    config: null,
    arrange: ({ app }) => {
      app.settings.saas = false
    },
  })
  expect(await screen.findByText('app.localhost:4701', { selector: 'strong' })).toBeVisible()
  expect(await screen.findByRole('button', { name: 'Sign in to app.localhost:4701' })).toBeEnabled()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(world.asked('GET /-/jira_connect/oauth_application_id')).toHaveLength(1)
})

test.each([{ config: { clientID: 'misspelt' } }, { config: { clientId: 7 } }, { config: ['list'] }])(
  'says on the page that its settings file is wrong, and works without it: $config',
  async ({ config }) => {
    await renderPage({ instance: 'gitlab', config })
    const failure = within(
      await screen.findByRole('alert', { name: 'This page’s settings file isn’t valid' }),
    )
    expect(failure.getByText(/http:\/\/app\.localhost:4701\/-\/jira_connect\/config\.json/)).toBeVisible()
    expect(await linkedGroups()).toHaveLength(3)
    expect(await screen.findByRole('button', { name: /^Sign in to / })).toBeEnabled()
  },
)

test('shows the list without waiting for the deployment’s settings', async () => {
  let answer = () => {}
  const { popup } = await renderPage({
    instance: 'app',
    arrange: (world) => {
      answer = world.hold('GET /-/jira_connect/config.json')
    },
  })
  expect(await linkedGroups()).toHaveLength(3)
  // Which client id to sign in with is not known yet.
  expect(screen.getByRole('button', { name: /^Sign in to / })).toBeDisabled()
  answer()
  expect(await screen.findByRole('button', { name: 'Sign in to GitLab.com' })).toBeEnabled()
  expect(popup.opened).toEqual([])
})

test('says after ten seconds that Jira isn’t responding, and works once it responds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ jira }) => {
      jira.settings.getToken = 'silent'
    },
  })
  await vi.advanceTimersByTimeAsync(9_900)
  expect(screen.queryByRole('alert')).toBeNull()
  await vi.advanceTimersByTimeAsync(200)
  vi.useRealTimers()
  const failure = within(await screen.findByRole('alert', { name: 'Jira isn’t responding to this page' }))
  expect(world.asked(INSTALLATIONS)).toEqual([])
  world.jira.settings.getToken = 'answers'
  failure.getByRole('button', { name: 'Try again' }).click()
  expect(await linkedGroups()).toHaveLength(3)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('says that Jira does not confirm who opened the page, and works once it does', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ jira }) => {
      jira.settings.getToken = 'rejects'
    },
  })
  const failure = within(
    await screen.findByRole('alert', { name: 'Jira didn’t confirm who opened this page' }),
  )
  world.jira.settings.getToken = 'answers'
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await linkedGroups()).toHaveLength(3)
})

test('a page that the browser kept, and shows again, reads what might have changed in the meantime', async () => {
  const { world } = await renderPage({ instance: 'gitlab' })
  expect(await linkedGroups()).toHaveLength(3)
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  world.gitlab.store.linkGroup('acme/mobile/android')
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await waitFor(async () => expect(await linkedGroups()).toHaveLength(4))
})

test('asks Jira for one context token, and uses it for every request', async () => {
  const { world } = await renderPage({ instance: 'gitlab' })
  await linkedGroups()
  expect(window.AP?.context?.getToken).toHaveBeenCalledTimes(1)
  expect(`JWT ${world.asked(LIST)[0]?.url.searchParams.get('jwt')}`).toBe(
    world.asked(INSTALLATIONS)[0]?.headers.get('authorization'),
  )
})

test('asks Jira for a new context token, once, when GitLab refuses the first', async () => {
  const { world } = await renderPage({
    instance: 'gitlab',
    arrange: (one) => one.answer(INSTALLATIONS, () => new Response(null, { status: 403 }), 1),
  })
  expect(await linkedGroups()).toHaveLength(3)
  expect(window.AP?.context?.getToken).toHaveBeenCalledTimes(2)
  expect(world.asked(INSTALLATIONS)).toHaveLength(2)
})

test('says that GitLab and this Jira site no longer share a secret', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      for (const one of gitlab.store.installations.values()) one.sharedSecret = 'an older one'
    },
  })
  const name = 'gitlab.localhost:4702 couldn’t verify this Jira site'
  const failure = within(await screen.findByRole('alert', { name }))
  expect(
    failure.getByText(
      /^Only if nothing else helps, reinstall the GitLab for Jira app.*This unlinks every group/,
    ),
  ).toBeVisible()
  expect(world.asked(LIST)).toHaveLength(2)
  await world.jira.install()
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await linkedGroups()).toHaveLength(3)
})

test('names the value to set where the instance does not allow requests from the page, and says so once', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.proxyUrl = 'http://app.localhost:4701/'
    },
  })
  const name = 'gitlab.localhost:4702 doesn’t allow requests from this page'
  await waitFor(() => {
    const failure = within(screen.getByRole('alert', { name }))
    expect(fieldValue(failure, 'Jira Connect Proxy URL')).toHaveTextContent(/^http:\/\/app\.localhost:4701$/)
    expect(failure.getByRole('button', { name: 'Copy Jira Connect Proxy URL' })).toBeVisible()
    // Signing in would only fail for the same reason.
    expect(screen.queryByRole('heading', { name: 'Link groups' })).toBeNull()
  })
  expect(screen.getAllByRole('alert')).toHaveLength(1)
})

test('says that the saved URL of the instance isn’t valid', async () => {
  await renderPage({
    instance: 'gitlab',
    arrange: ({ app }) => {
      for (const one of app.store.installations.values()) one.instanceUrl = 'javascript:alert(1)'
    },
  })
  await screen.findByRole('alert', { name: 'The saved GitLab instance URL isn’t valid' })
})

test('reads once more by itself where GitLab stumbled', async () => {
  const { world } = await renderPage({
    instance: 'gitlab',
    arrange: (one) => one.answer(LIST, () => new Response('Bad Gateway', { status: 502 }), 1),
  })
  expect(await linkedGroups()).toHaveLength(3)
  expect(world.asked(LIST)).toHaveLength(2)
  expect(screen.queryByRole('alert')).toBeNull()
})

test.each([
  ['a proxy’s page', '<!doctype html><title>Sign in</title>'],
  ['a truncated answer', '{"subscriptions":['],
  ['an answer of another shape', '{"subscriptions":null}'],
  [
    'an unlink path that names no subscription',
    JSON.stringify({ subscriptions: [aSubscription('/elsewhere')] }),
  ],
])('says that it can’t read %s, and shows the list once that is fixed', async (_what, body) => {
  const { user } = await renderPage({
    instance: 'gitlab',
    arrange: (world) => world.answer(LIST, () => new Response(body), 1),
  })
  const name = 'gitlab.localhost:4702 sent an unexpected response'
  const failure = await screen.findByRole('alert', { name })
  await user.click(within(failure).getByRole('button', { name: 'Try again' }))
  expect(await linkedGroups()).toHaveLength(3)
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
})

function aSubscription(unlinkPath: string) {
  return { created_at: null, unlink_path: unlinkPath, group: { name: 'Web', full_name: 'Web' } }
}

test('keeps a failure and the focus in their place while it is tried again', async () => {
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ answer }) => answer(LIST, () => Response.json({}, { status: 404 }), 1),
  })
  await screen.findByRole('button', { name: 'Try again' })
  const proceed = world.hold(LIST)
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByRole('alert')).toBeVisible()
  expect(screen.getByRole('button', { name: /^Try again/ })).toHaveFocus()
  proceed()
  expect(await screen.findByText('Acme Corp / Web')).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.getByRole('heading', { name: /^Linked groups/ }), 'the button is gone').toHaveFocus()
})

test('details that the browser doesn’t let the page copy are selected, ready for the keyboard', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  const button = await screen.findByRole('button', { name: 'Copy details to share' })
  await waitFor(() => expect(button).toBeEnabled())
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError'))
  await user.click(button)
  expect(await screen.findByText(/^Selected\. Press Ctrl\+C/)).toBeInTheDocument()
  const field = document.activeElement
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('The details aren’t selected.')
  const selected = field.value.slice(field.selectionStart, field.selectionEnd)
  expect(selected).toContain('http://gitlab.localhost:4702')
  expect(selected).toBe(field.value)
  await user.tab()
  expect(field, 'it is gone once the focus moves on').not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: /^Sign in to/ })).toHaveFocus()
})
