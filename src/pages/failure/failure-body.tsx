import { texts } from '#src/texts/en.ts'
import type { FailureTexts } from '#src/texts/failure-texts.ts'
import { gitlabMessageOf } from './failure-code.ts'
import { Causes, Steps } from './steps.tsx'

interface FailureBodyProps {
  readonly error: unknown
  readonly words: FailureTexts
}

/** What is known about a failure, GitLab's own words, what might have caused it, and what to do. */
export function FailureBody({ error, words: { cause, causes, steps } }: FailureBodyProps) {
  const gitlabMessage = gitlabMessageOf(error)
  return (
    <>
      <p>{cause}</p>
      {gitlabMessage !== undefined && (
        <p>
          {texts.failure.gitlabSaid} <q dir="auto">{gitlabMessage}</q>
        </p>
      )}
      {causes && <Causes causes={causes} />}
      {steps && (
        <>
          <h4>{texts.failure.whatToDo}</h4>
          <Steps steps={steps} />
        </>
      )}
    </>
  )
}
