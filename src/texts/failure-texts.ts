/** What a failure's texts mention. All values are shown to the user, who compares them with settings. */
export interface FailureFacts {
  /** What the GitLab instance is called on this page. */
  readonly instanceName: string
  readonly instanceUrl: string
  /** URL of the instance that serves this page. */
  readonly appUrl: string
  readonly redirectUri: string
  /** The client ID that this page signs in with; undefined while it isn't known. */
  readonly clientId?: string | undefined
}

/** Something to do, and the values to compare or enter. */
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

/** Makes the texts of one failure. */
export type Failure = (facts: FailureFacts) => FailureTexts
