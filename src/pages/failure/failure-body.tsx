import { exchangeOf } from '#src/gitlab/client/client.ts'
import { Icon } from '#src/pages/parts/icons.tsx'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import type { FailureFacts, FailureTexts } from '#src/texts/failure-texts.ts'
import { texts } from '#src/texts/texts.ts'
import styles from './failure.module.css'
import { gitlabMessageOf } from './failure-code.ts'
import { Causes, Steps } from './steps.tsx'
import { unknownOutcomeIn } from './words-for.ts'

interface FailureBodyProps {
  readonly error: unknown
  readonly words: FailureTexts
  readonly facts: FailureFacts
}

/** What happened, and what is certain about it. */
export function FailureTitle({ id, words }: { id?: string; words: FailureTexts }) {
  return (
    <header className={styles.title}>
      <ErrorIcon />
      <h3 id={id}>{words.title}</h3>
      <p>{words.cause}</p>
    </header>
  )
}

/** GitLab's own words, what might have caused the failure, and what to do. */
export function FailureBody({ error, words: { causes, steps }, facts }: FailureBodyProps) {
  const gitlabMessage = gitlabMessageOf(error)
  const outcome = unknownOutcomeIn(error)
  return (
    <>
      {outcome !== undefined && <p>{outcome}</p>}
      {gitlabMessage !== undefined && (
        <p className={styles.said}>
          <Sentence text={texts.failure.said({ speaker: speakerOf(error, facts), quote: PLACE })}>
            {/* In GitLab's language, which is unknown. */}
            <q dir="auto" lang="">
              {gitlabMessage}
            </q>
          </Sentence>
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

/** @returns whose words are quoted: those of the instance that serves the page may be about another one */
function speakerOf(error: unknown, { instanceUrl }: FailureFacts): string {
  const url = exchangeOf(error)?.url
  return url === undefined || url.startsWith(instanceUrl) ? 'GitLab' : new URL(url).host
}

function ErrorIcon() {
  return (
    <Icon>
      <path d="M5 1.75h6L14.25 5v6L11 14.25H5L1.75 11V5zM8 4.5V9m0 1.5V12" />
    </Icon>
  )
}
