/** Links a group, below the instance's own path. */
export const LINKING_PATH = '/api/v4/integrations/jira_connect/subscriptions'

/** Which instance a Jira site uses, at the instance that serves the page. */
export const INSTALLATION_PATH = '/-/jira_connect/installations'

/** The linked groups. */
export const LINKED_GROUPS_PATH = '/-/jira_connect/subscriptions.json'

/** What a request asks for. GitLab's responses differ by this, and what may read them. */
export type Endpoint =
  | 'link'
  /** Everything else of the API. */
  | 'api'
  | 'unlink'
  | 'save-instance'
  | 'application-id'
  /** Everything else below `/-/jira_connect/`. */
  | 'connect'

/** @param path may begin with the instance's own path */
export function endpointOf(method: string, path: string): Endpoint {
  if (path.endsWith(LINKING_PATH)) return 'link'
  if (!path.includes('/-/jira_connect/')) return 'api'
  if (path.endsWith('/oauth_application_id')) return 'application-id'
  if (/\/subscriptions\/[^/]*$/.test(path)) return 'unlink'
  return path.endsWith('/installations') && method === 'PUT' ? 'save-instance' : 'connect'
}

/** @returns whether every page may read its responses, whatever the instance's settings */
export function isOfApi(endpoint: Endpoint): boolean {
  return endpoint === 'api' || endpoint === 'link'
}
