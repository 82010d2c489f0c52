import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fieldValue, renderPage, userLink } from '#src/testing/render-page.tsx'
import { APP_URL } from '#src/testing/world.ts'

const AT_APP = 'Sign in to GitLab.com'
const AT_GITLAB = 'Sign in to gitlab.localhost:4702'
const APPLICATION_ID = 'GET /-/jira_connect/oauth_application_id'

test.each([
  { instance: 'app', button: AT_APP },
  { instance: 'gitlab', button: AT_GITLAB },
] as const)('signs in to $instance and says who is signed in', async ({ instance, button }) => {
  const { user, popup } = await renderPage({ instance })
  await user.click(await screen.findByRole('button', { name: button }))
  expect(screen.getByText('Continue in the GitLab window.')).toBeVisible()
  await popup.authorize()
  expect((await userLink('amira')).closest('p')).toHaveTextContent('Amira Haddad')
  expect(await userLink('amira')).toHaveAttribute('href', expect.stringMatching(/^http:\/\/.+\/amira$/))
  expect(screen.getByText('Signed in as @amira')).toBeInTheDocument()
  expect(popup.last().closed).toBe(true)
  expect(await screen.findByRole('combobox', { name: 'Groups' })).toHaveFocus()
  expect(screen.queryByRole('button', { name: button })).toBeNull()
})

test('opens the window in the click itself, with the client id fetched before', async () => {
  const { popup, world } = await renderPage({ instance: 'gitlab' })
  await screen.findByRole('heading', { name: 'Linked groups 3' })
  await waitFor(() => expect(world.asked(APPLICATION_ID)).toHaveLength(1))
  const button = screen.getByRole('button', { name: AT_GITLAB })
  button.addEventListener('click', () => expect(popup.opened).toEqual([]))
  button.click()
  expect(popup.opened).toHaveLength(1)
  expect(window.open).toHaveBeenCalledWith('about:blank', '_blank', expect.not.stringContaining('noopener'))
  const { searchParams } = await popup.last().navigated
  expect(searchParams.get('client_id')).toBe(world.gitlab.store.oauthApplication.clientId)
  expect(searchParams.get('redirect_uri')).toBe(`${APP_URL}/-/jira_connect/oauth_callbacks`)
  expect(searchParams.get('scope')).toBe('api')
  expect(world.asked(APPLICATION_ID)).toHaveLength(1)
  await screen.findByText('Continue in the GitLab window.')
})

test('keeps the window waiting, empty, where the client id is still on its way', async () => {
  let answer = () => {}
  const { user, popup } = await renderPage({
    instance: 'gitlab',
    arrange: (world) => {
      answer = world.hold(APPLICATION_ID)
    },
  })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  expect(popup.opened).toHaveLength(1)
  answer()
  await popup.authorize()
  expect(await userLink('amira')).toBeVisible()
})

test('uses the self-managed instance’s own application id there, and never the deployment’s', async () => {
  const { signIn, world } = await renderPage({ instance: 'gitlab' })
  await signIn()
  const ofApp = world.app.store.oauthApplication.clientId
  expect(world.requests.filter(({ url, body }) => (url.href + body).includes(ofApp))).toEqual([])
  expect(world.asked(APPLICATION_ID).map(({ url }) => url.origin)).toEqual([world.gitlab.publicUrl])
})

test('uses the deployment’s client id at the instance that serves the page, without asking for another', async () => {
  const { signIn, world } = await renderPage({ instance: 'app' })
  await signIn()
  expect(world.asked(APPLICATION_ID)).toEqual([])
})

test('says before any click that the instance names no application id, and how to set it up', async () => {
  const { user, popup, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.applicationIdBlank = true
    },
  })
  const name = 'gitlab.localhost:4702 isn’t set up for Jira yet'
  const failure = within(await screen.findByRole('alert', { name }))
  expect(failure.getByText(`${APP_URL}/-/jira_connect/oauth_callbacks`)).toBeVisible()
  expect(failure.getByRole('button', { name: 'Copy Redirect URI' })).toBeVisible()
  expect(screen.queryByRole('button', { name: AT_GITLAB })).toBeNull()
  expect(screen.getByText('Acme Corp / Web')).toBeVisible()
  expect(popup.opened).toEqual([])

  world.gitlab.settings.applicationIdBlank = false
  await user.click(failure.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('button', { name: AT_GITLAB })).toBeEnabled()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('says that access was denied, and signing in works at the next attempt', async () => {
  const { user, popup, signIn } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await popup.deny()
  const failure = within(await screen.findByRole('alert', { name: 'Access was denied in the GitLab window' }))
  expect(failure.getByText('The resource owner or authorization server denied the request.')).toBeVisible()
  expect(screen.getByRole('button', { name: AT_GITLAB })).toHaveFocus()
  await signIn()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('understands the denial that GitLab’s own callback page sends, which names neither state nor reason', async () => {
  const { user, popup } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await popup.answer('Deny')
  popup.post({ success: false, type: 'jiraConnectOauthCallback' })
  // Who ended it is not known.
  await screen.findByRole('alert', { name: 'GitLab didn’t grant access' })
})

test('drops forged messages and goes on waiting for the window', async () => {
  const { user, popup } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  const state = (await popup.last().navigated).searchParams.get('state')
  const forged = { type: 'jiraConnectOauthCallback', success: true, code: 'forged', state }
  popup.post(forged, { origin: 'https://evil.example' })
  popup.post(forged, { source: window })
  popup.post({ ...forged, state: 'other' })
  popup.post({ type: 'jiraConnectOauthCallback', success: false }, { source: window })
  expect(screen.getByText('Continue in the GitLab window.')).toBeVisible()
  await popup.authorize()
  await userLink('amira')
})

test('notices that the window was closed, and offers the sign-in again', async () => {
  const { user, popup, signIn } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await popup.last().navigated
  popup.closeAsPerson()
  await screen.findByRole(
    'alert',
    { name: 'The GitLab window closed before you finished signing in' },
    { timeout: 3000 },
  )
  expect(screen.getByRole('button', { name: AT_GITLAB })).toHaveFocus()
  await signIn()
})

test('says that the browser blocked the window, and how to allow it', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab' })
  await screen.findByRole('heading', { name: 'Linked groups 3' })
  vi.mocked(window.open).mockReturnValue(null)
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  const failure = within(await screen.findByRole('alert', { name: 'Your browser blocked the GitLab window' }))
  expect(failure.getByText(/^Allow pop-up windows for this page/)).toBeVisible()
  expect(screen.getByRole('button', { name: AT_GITLAB })).toBeEnabled()
  expect(world.asked('POST /oauth/token')).toEqual([])
})

test.each([
  { instance: 'app', name: 'GitLab.com' },
  { instance: 'gitlab', name: 'gitlab.localhost:4702' },
] as const)('names a confidential OAuth application as the cause ($instance)', async ({ instance, name }) => {
  const { user, popup } = await renderPage({
    instance,
    arrange: (world) => {
      world.instance.settings.confidential = true
    },
  })
  await user.click(await screen.findByRole('button', { name: `Sign in to ${name}` }))
  await popup.authorize()
  const failure = within(
    await screen.findByRole('alert', { name: `${name} didn’t accept the OAuth application` }),
  )
  for (const field of ['Confidential', 'Trusted'])
    expect(fieldValue(failure, field)).toHaveTextContent(/^not selected$/)
  expect(failure.getByText(/^Client authentication failed/)).toBeVisible()
})

test('says that the request after the consent was blocked on the way', async () => {
  const { user, popup, world } = await renderPage({ instance: 'gitlab' })
  world.answer('POST /oauth/token', () => Response.error(), 1)
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await popup.authorize()
  await screen.findByRole('alert', { name: 'Couldn’t get an access token from gitlab.localhost:4702' })
})

test('names a blocked GitLab account, forgets its token and tells GitLab so', async () => {
  const { user, popup, world } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  const amira = world.gitlab.store.users.get('amira')
  if (amira) amira.state = 'blocked'
  await popup.authorize()
  const name = 'gitlab.localhost:4702 refused your GitLab account'
  const failure = within(await screen.findByRole('alert', { name }))
  expect(failure.getByText('403 Forbidden - Your account has been blocked.')).toBeVisible()
  await waitFor(() =>
    expect([...world.gitlab.store.tokens.values()].map((one) => one.revoked)).toEqual([true]),
  )
})

test('shows the window again on demand, and cancels without calling that a failure', async () => {
  const { user, popup, signIn } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await popup.last().navigated
  await user.click(screen.getByRole('button', { name: 'Show the window' }))
  expect(popup.last().focus).toHaveBeenCalledTimes(1)
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('button', { name: AT_GITLAB })).toHaveFocus()
  expect(popup.last().closed).toBe(true)
  expect(screen.queryByRole('alert')).toBeNull()
  await signIn()
})

test('keeps the list usable while it waits for the window', async () => {
  const { user } = await renderPage({ instance: 'gitlab' })
  await user.click(await screen.findByRole('button', { name: AT_GITLAB }))
  await user.click(await screen.findByRole('button', { name: 'Unlink Acme Corp / Web' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unlink' }))
  await screen.findByText('Unlinked Acme Corp / Web.', { selector: 'strong' })
  expect(screen.getByText('Continue in the GitLab window.')).toBeVisible()
})

test('signs out at once, announces it, and has GitLab revoke the token', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(screen.queryByRole('link', { name: '@amira' })).toBeNull()
  expect(screen.getByRole('button', { name: AT_GITLAB })).toBeVisible()
  expect(screen.getByText('Signed out of GitLab.')).toBeInTheDocument()
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() =>
    expect([...world.gitlab.store.tokens.values()].map((one) => one.revoked)).toEqual([true]),
  )
})

test('forgets the token when the page is left, and has GitLab revoke it', async () => {
  const { world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  act(() => void dispatchEvent(new Event('pagehide')))
  expect(await screen.findByRole('button', { name: /^Sign in to / })).toBeVisible()
  await waitFor(() =>
    expect([...world.gitlab.store.tokens.values()].map((one) => one.revoked)).toEqual([true]),
  )
})

test('puts the focus on the sign-in button after signing out', async () => {
  const { user } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(screen.getByRole('button', { name: AT_GITLAB })).toHaveFocus()
})
