import { BodyTooLargeError, limitBody } from './limits.ts'

/** Enough for ten thousand linked groups, which come in one response. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024

/** The form of a body, by what it holds; text that isn't JSON is HTML if it says so or begins like it. */
export type BodyKind = 'json' | 'html' | 'text' | 'empty'

export interface Body {
  readonly kind: BodyKind
  /** The parsed JSON; undefined for every other kind. */
  readonly json: unknown
}

/**
 * @returns the body; a text for one that is too large
 * @throws what reading the body throws: the connection can break, or time run out
 */
export async function readBody(response: Response): Promise<Body> {
  const text = await readText(response)
  if (text?.trim() === '') return { kind: 'empty', json: undefined }
  try {
    return { kind: 'json', json: JSON.parse(text ?? '') }
  } catch {
    const isHtml = /html/i.test(response.headers.get('content-type') ?? '') || /^\s*</.test(text ?? '')
    return { kind: isHtml ? 'html' : 'text', json: undefined }
  }
}

/** @returns the body; undefined for one that is too large */
async function readText({ body }: Response): Promise<string | undefined> {
  if (!body) return ''
  const reader = limitBody(body, LARGEST_BODY_BYTES).getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      text += decoder.decode(chunk.value, { stream: true })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return undefined
    throw error
  }
  return text + decoder.decode()
}
