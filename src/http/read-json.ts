import { BodyTooLargeError, limitBody } from './limits.ts'

/** Enough for ten thousand linked groups, which come in one response. */
const LARGEST_BODY_BYTES = 8 * 1024 * 1024

/**
 * @returns the parsed JSON; undefined for an empty body, HTML or other text, and for a body that is too large
 * @throws what reading the body throws: the connection can break, or time run out
 */
export async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response)
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @returns the body; an empty text for one that is too large */
async function readText({ body }: Response): Promise<string> {
  if (!body) return ''
  const reader = limitBody(body, LARGEST_BODY_BYTES).getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
      text += decoder.decode(chunk.value, { stream: true })
  } catch (error) {
    if (error instanceof BodyTooLargeError) return ''
    throw error
  }
  return text + decoder.decode()
}
