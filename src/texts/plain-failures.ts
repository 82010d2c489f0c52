import type { Failure, FailureFacts, FailureTexts, PossibleCause } from './failure-texts.ts'
import type { Messages } from './messages.ts'
import { texts } from './texts.ts'

/** A text about a failure: it needs no values, or some of the facts. */
type Message = string | ((facts: FailureFacts) => string)

interface PlainCause {
  readonly cause: Message
  /** By their numbers. */
  readonly steps: Readonly<Record<string, Message>>
}

interface PlainFailure {
  readonly title: Message
  readonly cause: Message
  readonly causes?: Readonly<Record<string, PlainCause>>
  readonly steps?: Readonly<Record<string, Message>>
}

/** The failures whose messages say all there is to say, in every situation. */
type PlainCode = {
  [Code in keyof Messages['failures']]: Messages['failures'][Code] extends PlainFailure ? Code : never
}[keyof Messages['failures']]

/** @returns a text with the facts that it mentions */
function say(message: Message, facts: FailureFacts): string {
  return typeof message === 'string' ? message : message(facts)
}

/** @returns steps in the order of their numbers */
export function plainSteps(steps: Readonly<Record<string, Message>>, facts: FailureFacts): string[] {
  return Object.values(steps).map((step) => say(step, facts))
}

/** @returns one of several causes, and how to tell whether it is this one */
export function plainCause({ cause, steps }: PlainCause, facts: FailureFacts): PossibleCause {
  return { cause: say(cause, facts), steps: plainSteps(steps, facts) }
}

/** @returns what makes the texts of a failure from its messages alone */
export function plain(code: PlainCode): Failure {
  return (facts) => plainFailure(texts.failures[code], facts)
}

/** @returns the texts of a failure from its messages alone */
export function plainFailure(words: PlainFailure, facts: FailureFacts): FailureTexts {
  const { title, cause, causes, steps } = words
  return {
    title: say(title, facts),
    cause: say(cause, facts),
    ...(causes && { causes: Object.values(causes).map((one) => plainCause(one, facts)) }),
    ...(steps && { steps: plainSteps(steps, facts) }),
  }
}
