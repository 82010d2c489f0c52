import { html } from 'hono/html'
import type { RequestHandler } from 'msw'
import { http } from 'msw'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { relativeRoot } from '#mocks/gitlab/instance.ts'
import { redirect } from '#mocks/gitlab/oauth/authorization.ts'
import { avatarPng } from './avatar.ts'
import { newSession, sessionHeaders, sessionOf } from './browser-session.ts'
import { htmlPage } from './html.ts'
import { pageError, readParameters, textParameter } from './requests.ts'

/** What a browser shows of an instance (home, sign-in, groups, avatars), and the OpenID configuration. */
export function pageHandlers(instance: Instance): RequestHandler[] {
  const { publicUrl, store, settings } = instance
  const root = relativeRoot(publicUrl)

  return [
    http.get(publicUrl, ({ request }) => {
      const session = sessionOf(instance, request)
      const body = session.user
        ? html`
<p>You’re signed in as <strong>${session.user.name} (@${session.user.username})</strong>.</p>
<form method="post" action="${root}/users/sign_out">
<input type="hidden" name="authenticity_token" value="${session.session.formToken}">
<button>Sign out</button>
</form>`
        : html`<p>You aren’t signed in.</p><p><a href="${root}/users/sign_in">Sign in</a></p>`
      return htmlPage(instance, { title: 'Welcome', body }, sessionHeaders(instance, session))
    }),

    http.get(`${publicUrl}/users/sign_in`, ({ request }) => {
      const session = sessionOf(instance, request)
      if (session.user) return redirect(session.session.returnTo ?? `${root}/`)
      const people = [...store.users.values()].map(
        (user) => html`
<div class="person">
<span class="muted" id="note-${user.username}">${user.note}</span>
<button class="primary" name="username" value="${user.username}" aria-describedby="note-${user.username}">Sign in as ${user.name}</button>
</div>`,
      )
      const body = html`
<p>Select the user to sign in as. You don’t need a password.</p>
<form method="post" action="${root}/users/sign_in">
<input type="hidden" name="authenticity_token" value="${session.session.formToken}">
${people}
</form>`
      return htmlPage(
        instance,
        { title: `Sign in to ${instance.name}`, body },
        sessionHeaders(instance, session),
      )
    }),

    http.post(`${publicUrl}/users/sign_in`, async ({ request }) => {
      const parameters = await readParameters(request)
      const { id, session } = sessionOf(instance, request)
      const username = textParameter(parameters, 'username') ?? ''
      if (parameters.authenticity_token !== session.formToken || !store.users.has(username)) {
        return redirect(`${root}/users/sign_in`)
      }
      // Signing in always changes the session ID, so that no one else can know it.
      store.sessions.delete(id)
      const returnTo = settings.ssoLoop ? null : session.returnTo
      return redirect(returnTo ?? `${root}/`, sessionHeaders(instance, newSession(instance, { username })))
    }),

    http.post(`${publicUrl}/users/sign_out`, async ({ request }) => {
      const parameters = await readParameters(request)
      const { id, session } = sessionOf(instance, request)
      if (parameters.authenticity_token !== session.formToken) return redirect(`${root}/`)
      store.sessions.delete(id)
      const returnTo = textParameter(parameters, 'return_to')
      // Only the consent page is allowed, so that the mock isn't an open redirect.
      const isOwnPath = returnTo?.startsWith(`${root}/oauth/authorize?`) ?? false
      const next = newSession(instance, { username: null, returnTo: isOwnPath ? returnTo : null })
      return redirect(`${root}/users/sign_in`, sessionHeaders(instance, next))
    }),

    http.get(`${publicUrl}/uploads/-/system/group/avatar/:id/:file`, ({ request, params }) => {
      const group = store.groups.get(Number(params.id))
      const isVisible = group?.visibility === 'public' || sessionOf(instance, request).user !== null
      // GitLab shows the avatar of a group that isn't public only if there is a session cookie.
      if (!group?.hasAvatar || !isVisible) return pageError(instance, request, 404)
      return png(avatarPng(group.id))
    }),

    http.get(`${publicUrl}/uploads/-/system/user/avatar/:id/:file`, ({ request, params }) => {
      const user = [...store.users.values()].find(({ id }) => id === Number(params.id))
      return user?.hasAvatar ? png(avatarPng(user.id)) : pageError(instance, request, 404)
    }),

    http.get(`${publicUrl}/.well-known/openid-configuration`, () =>
      Response.json({
        issuer: settings.internalUrl ?? publicUrl,
        authorization_endpoint: `${publicUrl}/oauth/authorize`,
        token_endpoint: `${publicUrl}/oauth/token`,
        revocation_endpoint: `${publicUrl}/oauth/revoke`,
        jwks_uri: `${publicUrl}/oauth/discovery/keys`,
        response_types_supported: ['code'],
        scopes_supported: ['api', 'read_api', 'read_user'],
        code_challenge_methods_supported: ['plain', 'S256'],
      }),
    ),

    // Must be last: any other path could be a group's.
    http.get(`${publicUrl}/*`, ({ request }) => {
      const path = decodeURIComponent(new URL(request.url).pathname.slice(root.length + 1))
      const group = store.groups.findByFullPath(path.replace(/^groups\//, ''))
      if (!group) return undefined
      const session = sessionOf(instance, request)
      if (group.visibility !== 'public' && !session.user) {
        session.session.returnTo = `${root}/${path}`
        return redirect(`${root}/users/sign_in`, sessionHeaders(instance, session))
      }
      const user = session.user
      if (
        group.visibility === 'private' &&
        user &&
        !user.isAdmin &&
        store.groups.accessLevel(user.username, group) === 0
      ) {
        return pageError(instance, request, 404)
      }
      const body = html`<p class="muted">${group.fullName}</p><p>${group.description}</p>`
      return htmlPage(instance, { title: group.name, body }, sessionHeaders(instance, session))
    }),
  ]
}

function png(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { 'Content-Type': 'image/png', 'Cache-Control': 'max-age=300' } })
}
