/*
 * The requests of the bare page, each at the first moment at which all that it needs is known. It knows only the
 * success, and checks nothing: it is a floor to measure against, not a page to use.
 */

interface List {
  readonly subscriptions: readonly { readonly group: { readonly full_name: string } }[]
}

const base = `${location.origin}/-/jira_connect`
const init: RequestInit = { headers: { accept: 'application/json' }, cache: 'no-store', credentials: 'omit' }
const read = async <T>(url: string): Promise<T> => (await fetch(url, init)).json()

const pageToken = new URLSearchParams(location.search).get('jwt')
const ownList = read<List>(location.href).catch(() => undefined)
const installation = read<{ instance_url: string | null }>(`${base}/installations?jwt=${pageToken}`)
void read(`${base}/config.json`)

async function contextToken(): Promise<string> {
  const script = document.querySelector('script[data-options]')
  if (!window.AP) await new Promise((resolve) => script?.addEventListener('load', resolve))
  return new Promise((resolve) => window.AP?.context?.getToken?.((token) => resolve(token ?? '')))
}

const token = contextToken()

/** The names of the linked groups. */
export const names: Promise<string[]> = installation.then(async ({ instance_url: instance }) => {
  const list =
    (instance === null ? await ownList : undefined) ??
    (await read<List>(`${instance ?? location.origin}/-/jira_connect/subscriptions.json?jwt=${await token}`))
  return list.subscriptions.map(({ group }) => group.full_name)
})
