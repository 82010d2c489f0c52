/** What a failure's words need to know. All values are for people to read and compare. */
export interface FailureFacts {
  /** What the GitLab instance is called on this page. */
  readonly instanceName: string
  readonly instanceUrl: string
  /** Address of the instance that serves this page. */
  readonly appUrl: string
  readonly redirectUri: string
  /** The id under which this page signs in; undefined while it is not known. */
  readonly clientId?: string | undefined
}

/** Something to do, and values to compare or to enter, each with a way to copy it. */
export interface Step {
  readonly text: string
  readonly values?: readonly { readonly name: string; readonly value: string; readonly canCopy?: boolean }[]
}

export interface FailureTexts {
  /** What happened, in one line. */
  readonly title: string
  /** The usual cause, in a sentence. */
  readonly cause: string
  /** What to do, one step each. */
  readonly steps: readonly (string | Step)[]
}

/** The words for one failure, whatever the instance. */
export type Failure = (facts: FailureFacts) => FailureTexts
