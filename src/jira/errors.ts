/** Jira's side of the bridge did not give what the page needs. */
export class JiraBridgeError extends Error {
  override readonly name = 'JiraBridgeError'
  readonly code: 'jira-silent' | 'jira-refused'

  constructor(code: 'jira-silent' | 'jira-refused') {
    super(code === 'jira-silent' ? 'Jira did not answer in time.' : 'Jira gave no context token.')
    this.code = code
  }
}
