import type { Clue } from '#src/gitlab/diagnosis/verdict.ts'
import type { SignInClue } from '#src/oauth/errors.ts'

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
  /** The instance that a GitLab administrator can set up with commands instead; left out: commands don't help. */
  readonly setUp?: Pick<FailureFacts, 'instanceUrl' | 'appUrl' | 'redirectUri'>
}

/** One of several causes that the evidence leaves, and how to tell whether it is this one. */
export interface PossibleCause {
  readonly cause: string
  /** The test, and the remedy. */
  readonly steps: readonly (string | Step)[]
}

export interface FailureTexts {
  /** What happened, in one line. */
  readonly title: string
  /** What is certain about it, in a sentence or two. */
  readonly cause: string
  /** Where several causes remain: the most likely first. */
  readonly causes?: readonly PossibleCause[]
  /** What to do, one step each. Missing if that depends on which of the causes it is. */
  readonly steps?: readonly (string | Step)[]
}

/** What is known about one failure besides its code. */
export interface FailureEvidence {
  /** Which of the situations with this code it is; undefined if that is open. */
  readonly clue?: Clue | SignInClue | undefined
  /** Whether GitLab's own words are quoted below the cause. */
  readonly isQuoted: boolean
}

/** Makes the texts of one failure. */
export type Failure = (facts: FailureFacts, evidence: FailureEvidence) => FailureTexts
