import type { FailureFacts } from '#src/texts/en.ts'
import { codeOf, gitlabMessageOf } from './failure-code.ts'

/** The version of this page, from package.json. */
declare const __BUILD__: string

/** Facts for a support ticket, a line each. Names no token, no code and no query string. */
export function environmentDetails(facts: FailureFacts): string[] {
  return [
    `Page: ${facts.appUrl} (build ${__BUILD__})`,
    `GitLab instance: ${facts.instanceUrl}`,
    `Browser: ${navigator.userAgent}`,
    `Time: ${new Date().toISOString()}`,
  ]
}

/** What is known of one failure, a line each. */
export function errorDetails(error: unknown): string[] {
  const gitlabMessage = gitlabMessageOf(error)
  const lines = [`Code: ${codeOf(error)}`]
  if (error instanceof Error && 'status' in error) lines.push(`Status: ${String(error.status)}`)
  if (error instanceof Error && 'path' in error) lines.push(`Path: ${String(error.path)}`)
  if (gitlabMessage !== undefined) lines.push(`GitLab said: ${gitlabMessage}`)
  return lines
}

/** The text that “Copy details” copies. */
export function failureDetails(error: unknown, facts: FailureFacts, title: string): string {
  return [title, ...errorDetails(error), ...environmentDetails(facts)].join('\n')
}
