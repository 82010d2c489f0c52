import type { Exchange } from '#src/gitlab/client/client.ts'
import { exchangeOf } from '#src/gitlab/client/client.ts'
import { environmentDetails } from '#src/pages/context/environment-details.ts'
import type { FailureFacts, FailureTexts, Step } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'
import { codeOf, evidenceOf, gitlabMessageOf } from './failure-code.ts'
import { unknownOutcomeIn } from './words-for.ts'

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

/** The text that “Copy details to share” copies: what the page says, for whoever has to act, and what support needs. */
export function failureDetails(error: unknown, facts: FailureFacts, words: FailureTexts): string {
  return [...adviceIn(words, error), '', ...errorDetails(error), ...environmentDetails(facts)].join('\n')
}

/** What the page says about a failure, line by line, in the reader's language. */
export function adviceIn({ title, cause, causes, steps }: FailureTexts, error: unknown): string[] {
  const lines = [title, cause]
  const outcome = unknownOutcomeIn(error)
  if (outcome !== undefined) lines.push(outcome)
  if (causes) lines.push('', texts.failure.possibleCauses)
  for (const [index, possible] of (causes ?? []).entries())
    lines.push(
      `${index + 1}. ${possible.cause}`,
      ...possible.steps.flatMap((step) => stepLines('   - ', step)),
    )
  if (steps) lines.push('', texts.failure.whatToDo)
  for (const [index, step] of (steps ?? []).entries()) lines.push(...stepLines(`${index + 1}. `, step))
  return lines
}

function stepLines(bullet: string, step: string | Step): string[] {
  if (typeof step === 'string') return [bullet + step]
  const indent = ' '.repeat(bullet.length)
  const values = (step.values ?? []).flatMap(({ name, value }) => [name, `  ${value}`])
  return [bullet + step.text, ...values.flatMap((text) => text.split('\n')).map((line) => indent + line)]
}
