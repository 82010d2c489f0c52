import type { Exchange } from '#src/gitlab/client/client.ts'
import { exchangeOf } from '#src/gitlab/client/client.ts'
import { environmentDetails } from '#src/pages/context/environment-details.ts'
import type { FailureFacts } from '#src/texts/failure-texts.ts'
import { codeOf, evidenceOf, gitlabMessageOf } from './failure-code.ts'

/** What is known about one failure, one fact per line. */
export function errorDetails(error: unknown): string[] {
  const gitlabMessage = gitlabMessageOf(error)
  const exchange = exchangeOf(error)
  const code = codeOf(error)
  const { clue } = evidenceOf(error)
  const lines = [`Code: ${code}${clue ? ` (${clue})` : ''}`]
  if (exchange) lines.push(exchangeDetails(exchange))
  // Since about 19.2, this one lists the user's Jira groups: personal data.
  if (gitlabMessage !== undefined && code !== 'jira-user-not-administrator')
    lines.push(`GitLab said: ${gitlabMessage}`)
  return lines
}

/** One request to GitLab, on one line. */
export function exchangeDetails({ method, url, beganAt, milliseconds, status, requestId }: Exchange): string {
  const outcome = status === undefined ? 'no readable answer' : `status ${status}`
  const id = requestId === undefined ? '' : `, request id ${requestId}`
  return `${method} ${url}: ${outcome} after ${milliseconds} ms, at ${new Date(beganAt).toISOString()}${id}`
}

/** The text that “Copy details” copies. */
export function failureDetails(error: unknown, facts: FailureFacts, title: string): string {
  return [title, ...errorDetails(error), ...environmentDetails(facts)].join('\n')
}
