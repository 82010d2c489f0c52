import Button from '@atlaskit/button/new'
import type { Ref } from 'react'
import { useId } from 'react'
import type { InstanceUrl, InstanceUrlProblem } from '#src/gitlab/instance/instance-url.ts'
import { InvalidInstanceUrlError } from '#src/gitlab/instance/instance-url.ts'
import type { NormalizedInstanceUrl } from '#src/gitlab/instance/typed-instance-url.ts'
import { normalizeInstanceUrl, withWholePath } from '#src/gitlab/instance/typed-instance-url.ts'
import textField from '#src/pages/parts/text-field.module.css'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './instance-url-field.module.css'

/** With its scheme, which decides how the page connects. */
const EXAMPLE_URL = 'https://gitlab.example.com'

/** The instance that a text stands for, or why it can't be one. */
interface TypedInstance extends Partial<NormalizedInstanceUrl> {
  /** The URL with its whole path, if that looks like the path of a group. */
  readonly whole?: InstanceUrl | undefined
  readonly problem?: InstanceUrlProblem
}

interface InstanceUrlFieldProps {
  readonly field: Ref<HTMLInputElement>
  readonly typed: string
  readonly reading: TypedInstance
  /** What to say about it; undefined if nothing is wrong, or while it is being typed. */
  readonly problem: InstanceUrlProblem | undefined
  readonly onType: (typed: string) => void
  /** Says whether the whole path of what is typed belongs to the instance. */
  readonly onWhole: (isWhole: boolean) => void
  readonly onLeave: () => void
}

/** The URL of an instance, and what the page makes of it. */
export function InstanceUrlField(props: InstanceUrlFieldProps) {
  const { field, typed, reading, problem, onType, onWhole, onLeave } = props
  const { url, alternative, whole } = reading
  const id = useId()

  return (
    <div className={styles.field}>
      <label htmlFor={id}>{texts.chooseInstance.address}</label>
      <input
        ref={field}
        className={textField.input}
        id={id}
        type="text"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={EXAMPLE_URL}
        value={typed}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-saved ${id}-problem`}
        onChange={(event) => onType(event.target.value)}
        onBlur={onLeave}
      />
      {/* One line, filled or not: the button below must not move away from the pointer. */}
      <div className={styles.note}>
        {problem ? (
          <p id={`${id}-problem`} className={styles.problem} role="alert">
            {texts.chooseInstance.problems[problem]}
          </p>
        ) : (
          url !== undefined &&
          url !== typed.trim() && (
            <p id={`${id}-saved`}>
              <Sentence text={texts.chooseInstance.willBeSaved({ url: PLACE })}>
                <bdi>{url}</bdi>
              </Sentence>
            </p>
          )
        )}
      </div>
      {alternative && (
        <Button
          spacing="compact"
          onClick={() => (whole ? onWhole(alternative === whole) : onType(alternative))}
        >
          {texts.chooseInstance.takeInstead({ url: alternative })}
        </Button>
      )}
    </div>
  )
}

/**
 * @param isWhole whether its whole path belongs to the instance, even if it looks like that of a group
 * @returns the instance that the text stands for, or why it can't be one
 */
export function readTypedInstance(typed: string, isWhole: boolean): TypedInstance {
  try {
    const { url, alternative } = normalizeInstanceUrl(typed)
    const whole = alternative === undefined ? withWholePath(typed) : undefined
    if (!whole) return { url, alternative }
    return isWhole ? { url: whole, alternative: url, whole } : { url, alternative: whole, whole }
  } catch (error) {
    if (error instanceof InvalidInstanceUrlError) return { problem: error.code }
    throw error
  }
}
