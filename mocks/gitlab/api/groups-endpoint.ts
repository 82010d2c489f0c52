import type { Instance } from '#mocks/gitlab/instance.ts'
import type { Group, GroupQuery } from '#mocks/gitlab/world/group-directory.ts'
import { OWNER } from '#mocks/gitlab/world/group-directory.ts'
import type { User } from '#mocks/gitlab/world/store.ts'
import { groupJson } from './group-json.ts'

const ACCESS_LEVELS = ['5', '10', '15', '20', '30', '40', '50']
const ORDERS = ['name', 'path', 'id', 'similarity'] as const
const SORTS = ['asc', 'desc'] as const
const MAX_PER_PAGE = 100

/** One page of the groups a user can see, with GitLab's paging headers. */
export function listGroups(instance: Instance, user: User, url: URL): Response {
  let query: GroupQuery
  let page: number
  let perPage: number
  try {
    query = groupQuery(user, instance.settings.adminMode, url.searchParams)
    page = positiveInteger(url.searchParams, 'page', 1)
    perPage = Math.min(positiveInteger(url.searchParams, 'per_page', 20), MAX_PER_PAGE)
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    return Response.json({ error: error.message }, { status: 400 })
  }
  // Administrators see groups without having a role in them.
  const hasRoles = instance.settings.roles !== 'lost before listing' || query.minAccessLevel === null
  const found = hasRoles ? instance.store.groups.find(query) : []
  const shown = found.slice((page - 1) * perPage, page * perPage)
  return Response.json(
    shown.map((group) => groupJson(instance, group)),
    { headers: pagingHeaders(instance, url, found, page, perPage) },
  )
}

class ParameterError extends Error {}

function groupQuery(user: User, adminMode: boolean, parameters: URLSearchParams): GroupQuery {
  const minAccessLevel = oneOf(parameters, 'min_access_level', ACCESS_LEVELS)
  return {
    username: user.username,
    isAdmin: user.isAdmin && !adminMode,
    minAccessLevel:
      parameters.get('owned') === 'true' ? OWNER : minAccessLevel === null ? null : Number(minAccessLevel),
    search: parameters.get('search') ?? '',
    skip: new Set([
      ...(parameters.get('skip_groups') ?? '').split(',').filter(Boolean).map(Number),
      ...parameters.getAll('skip_groups[]').map(Number),
    ]),
    orderBy: oneOf(parameters, 'order_by', ORDERS) ?? 'name',
    sort: oneOf(parameters, 'sort', SORTS) ?? 'asc',
    topLevelOnly: parameters.get('top_level_only') === 'true',
  }
}

function oneOf<Value extends string>(
  parameters: URLSearchParams,
  name: string,
  values: readonly Value[],
): Value | null {
  const given = parameters.get(name)
  if (given === null) return null
  const value = values.find((candidate) => candidate === given)
  if (value === undefined) throw new ParameterError(`${name} does not have a valid value`)
  return value
}

function positiveInteger(parameters: URLSearchParams, name: string, fallback: number): number {
  const given = parameters.get(name)
  if (given === null || given === '') return fallback
  if (!/^\d+$/.test(given)) throw new ParameterError(`${name} is invalid`)
  if (Number(given) === 0) throw new ParameterError(`${name} does not have a valid value`)
  return Number(given)
}

/** `X-Next-Page` and `X-Prev-Page` are empty on the first and last page; no match still counts as one page. */
function pagingHeaders(
  instance: Instance,
  url: URL,
  found: readonly Group[],
  page: number,
  perPage: number,
): Record<string, string> {
  const pages = Math.max(1, Math.ceil(found.length / perPage))
  const isCounted = found.length <= instance.settings.maxCountedGroups
  const previous = page > 1 ? page - 1 : null
  const next = page < pages ? page + 1 : null
  const link = (rel: string, target: number) => {
    const linked = new URL(`${instance.publicUrl}/api/v4/groups${url.search}`)
    linked.searchParams.set('page', String(target))
    linked.searchParams.set('per_page', String(perPage))
    return `<${linked.href}>; rel="${rel}"`
  }
  const links = [
    ...(previous ? [link('prev', previous)] : []),
    ...(next ? [link('next', next)] : []),
    link('first', 1),
    ...(isCounted ? [link('last', pages)] : []),
  ]
  return {
    'X-Page': String(page),
    'X-Per-Page': String(perPage),
    'X-Next-Page': next ? String(next) : '',
    'X-Prev-Page': previous ? String(previous) : '',
    ...(isCounted && { 'X-Total': String(found.length), 'X-Total-Pages': String(pages) }),
    Link: links.join(', '),
  }
}
