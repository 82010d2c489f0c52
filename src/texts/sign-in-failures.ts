import type { Failure, FailureEvidence, FailureFacts, Step } from './failure-texts.ts'
import { gitlabLabels } from './gitlab-labels.ts'
import { plain, plainCause } from './plain-failures.ts'
import { texts } from './texts.ts'

/** @returns what an administrator must enter for the OAuth application */
export function applicationFields(redirectUri: string): NonNullable<Step['values']> {
  const { cleared } = texts.failures.shared
  return [
    { name: gitlabLabels.redirectUri, value: redirectUri, canCopy: true },
    { name: gitlabLabels.trusted, value: cleared },
    { name: gitlabLabels.confidential, value: cleared },
    { name: gitlabLabels.scopes, value: 'api' },
  ]
}

/** @returns a step that names the URL of the instance, to open or to compare */
export function withInstanceUrl(text: string, { instanceUrl }: FailureFacts): Step {
  return { text, values: [{ name: texts.instance, value: instanceUrl, canCopy: true }] }
}

/** @returns what to do if trying again doesn't help: the administrator gets GitLab's words, or what can be copied */
export function contactAdministrator({ isQuoted }: FailureEvidence): string {
  return texts.failures.shared.contactAdministrator({ words: wordsIn(isQuoted) })
}

/** @returns the choice that messages make by whether GitLab's own words are shown */
export function wordsIn(isQuoted: boolean): 'quoted' | 'other' {
  return isQuoted ? 'quoted' : 'other'
}

function compareApplication(facts: FailureFacts): Step {
  const { redirectUri, clientId } = facts
  return {
    text: texts.failures.shared.compareApplication(facts),
    values: [
      ...applicationFields(redirectUri),
      ...(clientId ? [{ name: gitlabLabels.applicationId, value: clientId, canCopy: true }] : []),
    ],
    setUp: facts,
  }
}

/** The texts of a sign-in that failed. Part of the list in `failures.ts`. */
export const signInFailures = {
  'popup-blocked': plain('popup-blocked'),
  'popup-closed': (facts, { clue }) => {
    const words = texts.failures['popup-closed']
    const cutOff = plainCause(words.cutOff, facts)
    const closed = plainCause(words.closed, facts)
    const extension = plainCause(words.extension, facts)
    if (clue === 'cut-off-early') {
      const { title, cause, showedError } = words.cutOffEarly
      return { title, cause, causes: [cutOff, closed, plainCause(showedError, facts), extension] }
    }
    return {
      title: words.title,
      cause: words.cause,
      causes: [
        closed,
        { cause: words.application(facts), steps: [compareApplication(facts)] },
        plainCause(words.otherPage, facts),
        cutOff,
        extension,
      ],
    }
  },
  'sign-in-cancelled': plain('sign-in-cancelled'),
  'sign-in-denied': (_facts, { isQuoted }) => {
    const { title, cause, signInAgain } = texts.failures['sign-in-denied']
    const words = wordsIn(isQuoted)
    return { title: title({ words }), cause: cause({ words }), steps: [signInAgain] }
  },
  'authorization-failed': (facts, evidence) => {
    const { title, cause, tryAgain } = texts.failures['authorization-failed']
    return { title: title(facts), cause, steps: [tryAgain, contactAdministrator(evidence)] }
  },
  'issuer-mismatch': (facts) => {
    const { title, cause, checkUrl, signInAgain } = texts.failures['issuer-mismatch']
    return { title: title(facts), cause, steps: [withInstanceUrl(checkUrl(facts), facts), signInAgain] }
  },
  'client-refused': (facts) => {
    const { title, cause, signInAgain } = texts.failures['client-refused']
    return { title: title(facts), cause, steps: [compareApplication(facts), signInAgain] }
  },
  'token-request-failed': (facts, evidence) => {
    const { title, cause, signInAgain } = texts.failures['token-request-failed']
    return { title: title(facts), cause, steps: [signInAgain, contactAdministrator(evidence)] }
  },
  'token-endpoint-unreachable': plain('token-endpoint-unreachable'),
  'token-endpoint-busy': plain('token-endpoint-busy'),
  'session-expired': plain('session-expired'),
} satisfies Record<string, Failure>
