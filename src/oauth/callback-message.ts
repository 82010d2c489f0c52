/** The type that GitLab's own callback page gives its message. */
const MESSAGE_TYPE = 'jiraConnectOauthCallback'

/**
 * The authorization response as the callback page passes it to its opener. GitLab's own page leaves `state`,
 * `error` and `error_description` out of a failure; ours includes them.
 */
export type CallbackMessage =
  | {
      readonly type: typeof MESSAGE_TYPE
      readonly success: true
      readonly code: string
      readonly state: string
      readonly iss?: string
    }
  | {
      readonly type: typeof MESSAGE_TYPE
      readonly success: false
      readonly state?: string
      readonly iss?: string
      readonly error?: string
      readonly error_description?: string
    }

/**
 * @param query of the redirect; if it has a parameter twice, the result is a failure
 * @see RFC 6749 sections 3.1 and 4.1.2, RFC 9207
 */
export function callbackMessage(query: URLSearchParams): CallbackMessage {
  const names = ['code', 'state', 'error', 'error_description', 'iss']
  const [code, state, error, description, iss] = names.map((name) => query.get(name))
  const isAmbiguous = names.some((name) => query.getAll(name).length > 1)
  if (code && state && !error && !isAmbiguous)
    return { type: MESSAGE_TYPE, success: true, code, state, ...(iss && { iss }) }
  return {
    type: MESSAGE_TYPE,
    success: false,
    ...(state && { state }),
    ...(iss && { iss }),
    ...(error && { error }),
    ...(description && { error_description: description }),
  }
}

/** @returns the message, or undefined for data that no callback page sends */
export function parseCallbackMessage(data: unknown): CallbackMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const {
    type,
    success,
    code,
    state,
    iss,
    error,
    error_description: description,
  } = data as Record<string, unknown>
  if (type !== MESSAGE_TYPE) return undefined
  if (success === true)
    return typeof code === 'string' && typeof state === 'string'
      ? { type: MESSAGE_TYPE, success, code, state, ...(typeof iss === 'string' && { iss }) }
      : undefined
  return {
    type: MESSAGE_TYPE,
    success: false,
    ...(typeof state === 'string' && { state }),
    ...(typeof iss === 'string' && { iss }),
    ...(typeof error === 'string' && { error }),
    ...(typeof description === 'string' && { error_description: description }),
  }
}
