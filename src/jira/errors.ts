export type JiraFailureCode = 'jira-silent' | 'jira-refused'

/** Jira didn't provide what the page needs. */
export class JiraBridgeError extends Error {
  override readonly name = 'JiraBridgeError'
  readonly code: JiraFailureCode

  constructor(code: JiraFailureCode) {
    super(code === 'jira-silent' ? 'Jira did not respond.' : 'Jira gave no context token.')
    this.code = code
  }
}
