import type { FailureEvidence, FailureFacts, FailureTexts, Step } from './failure-texts.ts'
import { gitlabLabels } from './gitlab-labels.ts'
import { plainCause } from './plain-failures.ts'
import { texts } from './texts.ts'

/** @returns advice about a proxy in front of GitLab: signing in there has no effect on this page's requests */
export function signInInFront(facts: FailureFacts): string {
  return texts.failures.shared.signInInFront(facts)
}

/** @returns how a GitLab administrator lets this page read the instance's responses */
export function proxyUrlStep(facts: FailureFacts): Step {
  return {
    text: texts.failures.shared.proxyUrl(facts),
    values: [{ name: gitlabLabels.proxyUrl, value: facts.appUrl, canCopy: true }],
    setUp: facts,
  }
}

/** @returns the texts for responses that the browser doesn't let the page read */
export function corsRefused(facts: FailureFacts, clue: FailureEvidence['clue']): FailureTexts {
  const words = texts.failures['cors-refused']
  const { shared } = texts.failures
  const dropped = plainCause(shared.dropped, facts)
  const extension = plainCause(texts.failures['gitlab-unreachable'].extension, facts)
  const readOnly = plainCause(shared.readOnly, facts)
  const changesHeaders = plainCause(words.changesHeaders, facts)
  const respondsInPlace = {
    cause: words.respondsInPlace.cause(facts),
    steps: [words.respondsInPlace.look, signInInFront(facts)],
  }
  const notRunning = plainCause(words.notRunning, facts)
  const wrongUrl = plainCause(words.wrongUrl, facts)
  const blocksPreflight = plainCause(words.blocksPreflight, facts)
  switch (clue) {
    case 'only-writing':
      return {
        title: words.onlyWriting.title(facts),
        cause: words.onlyWriting.cause(facts),
        causes: [blocksPreflight, readOnly, respondsInPlace, notRunning, dropped, extension],
      }
    case 'this-request':
      return {
        title: words.thisRequest.title(facts),
        cause: words.thisRequest.cause(facts),
        causes: [
          respondsInPlace,
          { ...blocksPreflight, cause: words.thisRequest.blocksOptions(facts) },
          changesHeaders,
          dropped,
          extension,
        ],
      }
    case 'proxy-url':
      return {
        title: words.proxyUrl.title(facts),
        cause: words.proxyUrl.cause,
        causes: [
          { cause: words.proxyUrl.wrong, steps: [proxyUrlStep(facts)] },
          { ...changesHeaders, cause: words.proxyUrl.changed(facts) },
        ],
      }
    default:
      return {
        title: words.title(facts),
        cause: words.cause,
        causes: [notRunning, respondsInPlace, changesHeaders, blocksPreflight, wrongUrl],
      }
  }
}
