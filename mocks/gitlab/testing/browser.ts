import { createHash } from 'node:crypto'
import type { GitLab } from '#mocks/gitlab/create-gitlab.ts'

export const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters'

/** The parameters of a correct authorization request. */
export function authorizationParameters(gitlab: GitLab): Record<string, string> {
  return {
    client_id: gitlab.store.oauthApplication.clientId,
    redirect_uri: gitlab.settings.redirectUri,
    response_type: 'code',
    scope: 'api',
    state: 'some-state',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  }
}

/** A browser window without scripts: it keeps cookies, follows redirects within the instance, and submits forms. */
export function openBrowser(gitlab: GitLab) {
  const cookies = new Map<string, string>()
  let page = ''
  let pageStatus = 0

  async function go(url: string, body?: URLSearchParams): Promise<string> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await gitlab.handle(
      new Request(url, { headers: { Cookie: cookie }, ...(body && { method: 'POST', body }) }),
    )
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const location = response.headers.get('Location')
    if (location) {
      const next = new URL(location, url)
      return next.href.startsWith(`${gitlab.publicUrl}/`) &&
        !next.href.startsWith(gitlab.settings.redirectUri)
        ? go(next.href)
        : next.href
    }
    page = await response.text()
    pageStatus = response.status
    return url
  }

  return {
    /** The HTML of the current page. */
    page: () => page,
    status: () => pageStatus,
    /** Returns the final URL; URLs outside the instance aren't requested. */
    go: (path: string) => go(gitlab.publicUrl + path),
    /** Submits the form of the button with this text. */
    press(button: string): Promise<string> {
      for (const [form, action] of page.matchAll(/<form method="post" action="([^"]*)">.*?<\/form>/gs)) {
        const pressed = [...form.matchAll(/<button([^>]*)>([^<]*)<\/button>/g)].find(
          ([, , text]) => text === button,
        )
        if (!pressed || action === undefined) continue
        const body = new URLSearchParams()
        for (const [, name, value] of form.matchAll(
          /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
        )) {
          body.append(unescapeHtml(name), unescapeHtml(value))
        }
        const [, name, value] = /name="([^"]*)" value="([^"]*)"/.exec(pressed[1] ?? '') ?? []
        if (name !== undefined) body.append(name, unescapeHtml(value))
        return go(new URL(unescapeHtml(action), gitlab.publicUrl).href, body)
      }
      throw new Error(`There is no button "${button}" on the page.`)
    },
  }
}

/** Signs in, consents, and returns the URL that the browser is redirected to. */
export async function authorize(
  gitlab: GitLab,
  person = 'Amira Haddad',
  overrides: Record<string, string> = {},
): Promise<URL> {
  const browser = openBrowser(gitlab)
  const parameters = new URLSearchParams({ ...authorizationParameters(gitlab), ...overrides })
  await browser.go(`/oauth/authorize?${parameters}`)
  await browser.press(`Sign in as ${person}`)
  return new URL(await browser.press('Authorize'))
}

/** Sends the token request for a code; `overrides` replaces parameters, or leaves them out if undefined. */
export function exchange(
  gitlab: GitLab,
  code: string | null,
  overrides: Record<string, string | undefined> = {},
): Promise<Response> {
  const parameters = Object.entries({
    grant_type: 'authorization_code',
    client_id: gitlab.store.oauthApplication.clientId,
    redirect_uri: gitlab.settings.redirectUri,
    code_verifier: VERIFIER,
    code: code ?? '',
    ...overrides,
  })
  const body = new URLSearchParams()
  for (const [name, value] of parameters) if (value !== undefined) body.set(name, value)
  return gitlab.handle(new Request(`${gitlab.publicUrl}/oauth/token`, { method: 'POST', body }))
}

/** Signs a person in, and returns the access token. */
export async function accessTokenOf(gitlab: GitLab, person?: string): Promise<string> {
  const redirected = await authorize(gitlab, person)
  const response = await exchange(gitlab, redirected.searchParams.get('code'))
  const { access_token } = (await response.json()) as { access_token: string }
  return access_token
}

function unescapeHtml(text = ''): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
