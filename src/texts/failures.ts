import { corsRefused, proxyUrlStep, signInInFront } from './cors-failure.ts'
import type { Failure, FailureFacts, PossibleCause } from './failure-texts.ts'
import { plain, plainCause, plainFailure, plainSteps } from './plain-failures.ts'
import {
  applicationFields,
  contactAdministrator,
  signInFailures,
  withInstanceUrl,
  wordsIn,
} from './sign-in-failures.ts'
import { texts } from './texts.ts'

/** What each kind of refusal in front of GitLab is called in the message. */
const REFUSALS = { 'sign-in': 'signIn', method: 'method', 'too-large': 'tooLarge' } as const

/** @returns the cause that saving the instance again fixes; none for the instance that serves this page */
function siteRenamed(facts: FailureFacts): PossibleCause[] {
  if (facts.instanceUrl === facts.appUrl) return []
  return [plainCause(texts.failures.shared.siteRenamed, facts)]
}

/**
 * The texts of every failure, by the code of its error. `src/pages/failure/failure-code.ts` ties them to the codes of
 * the errors.
 */
export const failures = {
  'access-token-refused': plain('access-token-refused'),
  'access-token-missing': plain('access-token-missing'),
  'scope-missing': plain('scope-missing'),
  'gitlab-account-refused': plain('gitlab-account-refused'),
  'context-token-refused': (facts) => {
    const { title, cause, saveAgain, checkServer, reinstall } = texts.failures['context-token-refused']
    return {
      title: title(facts),
      cause,
      steps: [
        texts.failures.shared.openAgain,
        // For the app host itself, there is nothing to save.
        ...(facts.instanceUrl === facts.appUrl ? [] : [saveAgain(facts)]),
        checkServer,
        reinstall,
      ],
    }
  },
  'jira-user-unreadable': (facts) => {
    const { title, cause, proxy, allowlist } = texts.failures['jira-user-unreadable']
    return {
      title: title(facts),
      cause,
      causes: [
        plainCause(texts.failures.shared.browseUsers, facts),
        ...siteRenamed(facts),
        plainCause(proxy, facts),
        plainCause(allowlist, facts),
      ],
    }
  },
  'jira-user-not-administrator': (facts, { clue }) => {
    const { title, cause, orUnreadable } = texts.failures['jira-user-not-administrator']
    const { jiraAdministrator, browseUsers } = texts.failures.shared
    const steps = plainSteps(jiraAdministrator, facts)
    if (clue !== 'or-unreadable') return { title, cause, steps }
    return {
      title: orUnreadable.title,
      cause: orUnreadable.cause,
      causes: [
        { cause: orUnreadable.notMember, steps },
        plainCause(browseUsers, facts),
        ...siteRenamed(facts),
      ],
    }
  },
  'group-not-linkable': (facts, { clue }) => {
    const { title, cause, notFound, roleTooLow, ...words } = texts.failures['group-not-linkable']
    const gone = plainCause(words.gone, facts)
    const role = plainCause(words.role, facts)
    if (clue === 'group-unknown') return { title: notFound, ...gone }
    if (clue === 'role-too-low') return { title, cause: roleTooLow(facts), steps: role.steps }
    return { title, cause: cause(facts), causes: [role, gone] }
  },
  'group-already-linked': plain('group-already-linked'),
  'not-found': (facts) => {
    const { title, cause, path, tooOld, proxy } = texts.failures['not-found']
    return {
      title: title(facts),
      cause,
      causes: [
        { cause: path.cause, steps: [withInstanceUrl(path.open, facts)] },
        plainCause(tooOld, facts),
        plainCause(proxy, facts),
      ],
    }
  },
  'too-many-requests': plain('too-many-requests'),
  'gitlab-read-only': plain('gitlab-read-only'),
  'refused-in-front': (facts, { clue }) => {
    const { title, cause, askWhy } = texts.failures['refused-in-front']
    const refusal = Object.entries(REFUSALS).find(([known]) => known === clue)?.[1] ?? 'other'
    return {
      title: title(facts),
      cause: cause({ refusal }),
      steps: [signInInFront(facts), askWhy(facts)],
    }
  },
  redirected: (facts, { clue }) => {
    const { title, cause, signInPage, moved } = texts.failures.redirected
    return {
      title: title(facts),
      cause,
      causes: [
        ...(clue === 'writing' ? [plainCause(texts.failures.shared.readOnly, facts)] : []),
        { cause: signInPage(facts), steps: [signInInFront(facts)] },
        plainCause(moved, facts),
      ],
    }
  },
  'gitlab-broken': (facts, { clue }) => {
    const { notRunning, ...words } = texts.failures['gitlab-broken']
    return plainFailure(clue === 'not-running' ? { ...words, ...notRunning } : words, facts)
  },
  'request-refused': (facts, evidence) => {
    const { title, cause, tryAgain } = texts.failures['request-refused']
    return {
      title: title(facts),
      cause: cause({ words: wordsIn(evidence.isQuoted) }),
      steps: [tryAgain, contactAdministrator(evidence)],
    }
  },
  'gitlab-unreachable': (facts, { clue }) => {
    const { title, cause, notRunning, privateNetwork, extension, cutOff, servesPage } =
      texts.failures['gitlab-unreachable']
    const { dropped, openUrl } = texts.failures.shared
    if (clue === 'cut-off')
      return {
        title: cutOff.title(facts),
        cause: cutOff.cause,
        causes: [plainCause(dropped, facts), plainCause(cutOff.blocked, facts)],
      }
    if (facts.instanceUrl === facts.appUrl) return plainFailure({ title, ...servesPage }, facts)
    return {
      title: title(facts),
      cause,
      causes: [
        { cause: notRunning, steps: [withInstanceUrl(openUrl, facts)] },
        plainCause(privateNetwork, facts),
        plainCause(extension, facts),
      ],
    }
  },
  'cors-refused': (facts, { clue }) => corsRefused(facts, clue),
  'browser-offline': plain('browser-offline'),
  'blocked-by-policy': (facts) => {
    const { title, cause, addValue, reload } = texts.failures['blocked-by-policy']
    const source = new URL(facts.instanceUrl).origin
    return {
      title: title(facts),
      cause: cause(facts),
      steps: [{ text: addValue, values: [{ name: 'connect-src', value: source, canCopy: true }] }, reload],
    }
  },
  'local-network-refused': (facts) => {
    const { title, cause, notRunning, browser } = texts.failures['local-network-refused']
    return {
      title: title(facts),
      cause,
      causes: [
        { cause: notRunning(facts), steps: [withInstanceUrl(texts.failures.shared.openUrl, facts)] },
        plainCause(browser, facts),
      ],
    }
  },
  'installation-refused': (facts) => {
    const { title, cause, proxyUrl, cannotConnect, reverseProxy, signIn } =
      texts.failures['installation-refused']
    return {
      title: title(facts),
      cause: cause(facts),
      causes: [
        { cause: proxyUrl, steps: [proxyUrlStep(facts)] },
        plainCause(cannotConnect, facts),
        plainCause(reverseProxy, facts),
        plainCause(signIn, facts),
      ],
    }
  },
  'installation-blocked': plain('installation-blocked'),
  'installation-unreachable': plain('installation-unreachable'),
  'instance-url-refused': plain('instance-url-refused'),
  'gitlab-too-old': plain('gitlab-too-old'),
  'gitlab-too-slow': plain('gitlab-too-slow'),
  'answer-unexpected': (facts) => {
    const { title, cause, signInPage, wrongUrl, dropped } = texts.failures['answer-unexpected']
    return {
      title: title(facts),
      cause,
      causes: [
        { cause: signInPage, steps: [signInInFront(facts)] },
        plainCause(wrongUrl, facts),
        plainCause(dropped, facts),
      ],
    }
  },
  'instance-url-invalid': plain('instance-url-invalid'),
  'instance-url-insecure': plain('instance-url-insecure'),
  'application-id-missing': (facts) => {
    const { title, cause, create, copyId } = texts.failures['application-id-missing']
    return {
      title: title(facts),
      cause,
      steps: [
        { text: create(facts), values: applicationFields(facts.redirectUri) },
        { text: copyId, setUp: facts },
      ],
    }
  },
  ...signInFailures,
  'jira-silent': plain('jira-silent'),
  'jira-refused': plain('jira-refused'),
  'config-unreadable': plain('config-unreadable'),
  'config-invalid': plain('config-invalid'),
  'part-missing': plain('part-missing'),
  unknown: plain('unknown'),
} satisfies Record<string, Failure>
