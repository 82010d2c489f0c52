import Button from '@atlaskit/button/new'
import type { ReactNode } from 'react'
import { useId } from 'react'
import type { FailureFacts, FailureTexts } from '#src/texts/en.ts'
import { failures, texts } from '#src/texts/en.ts'

interface FailureProps {
  readonly error: unknown
  readonly facts: FailureFacts
  /** Tries again what failed; left out where the button for it stands beside the failure. */
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
  readonly children?: ReactNode
}

/** What happened, GitLab's own words, and what to do: the same shape at every place where something can fail. */
export function Failure({ error, facts, onRetry, retrying = false, children }: FailureProps) {
  const titleId = useId()
  const { title, cause, steps } = wordsFor(error, facts)
  const gitlabMessage = gitlabMessageOf(error)
  return (
    <section className="failure" role="alert" aria-labelledby={titleId} data-failure={codeOf(error)}>
      <h3 id={titleId} className="failure-title">
        {title}
      </h3>
      <p>{cause}</p>
      {gitlabMessage !== undefined && (
        <p>
          {texts.failure.gitlabSaid} <q>{gitlabMessage}</q>
        </p>
      )}
      <h4>{texts.failure.whatToDo}</h4>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {(onRetry || children) && (
        <div className="actions">
          {onRetry && (
            <Button onClick={onRetry} isLoading={retrying}>
              {texts.tryAgain}
            </Button>
          )}
          {children}
        </div>
      )}
    </section>
  )
}

type FailureCode = keyof typeof failures

function wordsFor(error: unknown, facts: FailureFacts): FailureTexts {
  return failures[codeOf(error)](facts)
}

/** @returns the stable code of one of our errors; `unknown` for what no part of this page throws on purpose */
function codeOf(error: unknown): FailureCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && Object.hasOwn(failures, code) ? (code as FailureCode) : 'unknown'
}

function gitlabMessageOf(error: unknown): string | undefined {
  const message = error instanceof Error && 'gitlabMessage' in error ? error.gitlabMessage : undefined
  return typeof message === 'string' ? message : undefined
}
