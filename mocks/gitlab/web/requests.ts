import { html } from 'hono/html'
import type { Instance } from '#mocks/gitlab/instance.ts'
import { htmlPage } from './html.ts'

/** The parameters of a request as Rails merges them: query, then a JSON or form body. An invalid body counts as empty. */
export async function readParameters(request: Request): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  if (request.method === 'GET' || request.method === 'HEAD') return query
  const type = request.headers.get('Content-Type') ?? ''
  const text = await request.text()
  if (type.includes('json')) return { ...query, ...jsonObject(text) }
  if (type.includes('application/x-www-form-urlencoded')) {
    return { ...query, ...nested(new URLSearchParams(text)) }
  }
  return query
}

/** A parameter if it is text and not blank, otherwise null. */
export function textParameter(parameters: Record<string, unknown>, name: string): string | null {
  const value = parameters[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * An error response of a page controller. Rails sends an empty body if the path ends in `.json` or only JSON is accepted,
 * and an HTML page in all other cases (any type, or a list like those of browsers).
 */
export function pageError(instance: Instance, request: Request, status: 400 | 403 | 404 | 500): Response {
  if (acceptsJsonOnly(request) || new URL(request.url).pathname.endsWith('.json'))
    return new Response(null, { status })
  const { title, text } = ERROR_PAGES[status]
  return htmlPage(instance, { status, title, body: html`<p>${text}</p>` })
}

/** Rails takes every other list of types for a browser's, which gets a page. */
export function acceptsJsonOnly(request: Request): boolean {
  return /^\s*application\/json\s*(;[^,]*)?$/i.test(request.headers.get('Accept') ?? '')
}

const ERROR_PAGES = {
  400: { title: '400: Bad request', text: 'GitLab couldn’t understand the request.' },
  403: { title: "403: You don't have access", text: 'To get permission, contact your GitLab administrator.' },
  404: {
    title: '404: Page not found',
    text: 'Make sure the URL is correct and the page hasn’t moved. If you think this is a mistake, contact your GitLab administrator.',
  },
  500: { title: '500: Something went wrong', text: 'Try again later.' },
}

/** The fields of a form, where `a[b]` is the field `b` of an object `a`. */
function nested(form: URLSearchParams): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of form) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? []
    if (outer === undefined || inner === undefined) fields[name] = value
    else fields[outer] = { ...(fields[outer] as object | undefined), [inner]: value }
  }
  return fields
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
