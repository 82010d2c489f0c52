import type { FailureFacts } from '#src/texts/failure-texts.ts'

/** Facts for a support ticket, one per line. Contains no token, no code, and no query string. */
export function environmentDetails(facts: FailureFacts): string[] {
  return [
    `Page: ${facts.appUrl} (build ${build()})`,
    `GitLab instance: ${facts.instanceUrl}`,
    `Browser: ${navigator.userAgent}`,
    `Time: ${new Date().toISOString()}`,
  ]
}

/** The version of this page and its commit: in index.html alone, so that other files don't change with every commit. */
function build(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="gitlab-for-jira-build"]')?.content ?? 'unknown'
}
