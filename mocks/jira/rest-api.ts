import {
  createQueryStringHash,
  decodeSymmetric,
  fromMethodAndUrl,
  SymmetricAlgorithm,
} from '@atlassian/atlassian-jwt'
import type { Installation } from './installation.ts'
import { personByAccountId } from './people.ts'
import type { JiraSettings } from './settings.ts'

const unauthorized = () =>
  Response.json(
    { message: 'Client must be authenticated to access this resource.', 'status-code': 401 },
    { status: 401 },
  )

/**
 * `GET /rest/api/3/user?accountId=…&expand=groups`, which tells GitLab whether a user is an administrator of the site.
 * @returns 200 with the user; 401 unless the app signed exactly this request with the installation's current
 *   shared secret; 403 if users are hidden from the app; 404 for an account that isn't on the site
 */
export function userResource(
  request: Request,
  installation: Installation | undefined,
  { users, adminGroup }: JiraSettings,
  nowMs: number,
): Response {
  if (!installation || !isSignedByApp(request, installation, nowMs)) return unauthorized()
  if (users === 'hidden') {
    return Response.json(
      { errorMessages: ['You are not allowed to view users.'], errors: {} },
      { status: 403 },
    )
  }
  const { searchParams } = new URL(request.url)
  const person = personByAccountId(searchParams.get('accountId'))
  if (!person) {
    return Response.json({ errorMessages: ['Specified user does not exist.'], errors: {} }, { status: 404 })
  }
  const { accountId, displayName, isAdministrator } = person
  // Their groups are the only way for GitLab to recognize administrators.
  const groups = isAdministrator ? ['jira-users', adminGroup] : ['jira-users']
  const expanded = (searchParams.get('expand') ?? '').split(',').includes('groups')
  return Response.json({
    accountId,
    accountType: 'atlassian',
    displayName,
    active: true,
    groups: { size: groups.length, items: expanded ? groups.map((name) => ({ name })) : [] },
  })
}

function isSignedByApp(request: Request, installation: Installation, nowMs: number): boolean {
  const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme !== 'JWT' || !token) return false
  let claims: { iss?: unknown; exp?: unknown; qsh?: unknown }
  try {
    claims = decodeSymmetric(token, installation.sharedSecret, SymmetricAlgorithm.HS256)
  } catch {
    return false
  }
  const { pathname, search } = new URL(request.url)
  const expectedHash = createQueryStringHash(fromMethodAndUrl(request.method, pathname + search))
  return (
    claims.iss === installation.app.key &&
    typeof claims.exp === 'number' &&
    claims.exp * 1000 > nowMs &&
    claims.qsh === expectedHash
  )
}
