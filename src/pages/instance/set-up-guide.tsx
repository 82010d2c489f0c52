import type { ToggleEvent } from 'react'
import { useId, useState } from 'react'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { redirectUri } from '#src/gitlab/instance/instance-url.ts'
import { useDocs } from '#src/pages/context/documentation.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Values } from '#src/pages/failure/steps.tsx'
import { ExternalLink } from '#src/pages/parts/copy/external-link.tsx'
import { SetUpCommands } from '#src/pages/parts/copy/set-up-commands.tsx'
import { CheckIcon } from '#src/pages/parts/icons.tsx'
import { WithNote } from '#src/pages/parts/words/with-note.tsx'
import { texts } from '#src/texts/texts.ts'
import type { GuideStep } from './guide-steps.ts'
import { guideSteps } from './guide-steps.ts'
import styles from './set-up-guide.module.css'

/** Progress in the guide. */
export interface GuideProgress {
  readonly isOpen: boolean
  /** The completed steps. */
  readonly done: ReadonlySet<string>
}

interface SetUpGuideProps {
  /** The instance to set up; undefined while its URL isn't known. */
  readonly instance: InstanceUrl | undefined
  readonly progress: GuideProgress
  readonly onProgress: (progress: GuideProgress) => void
}

const ADMINISTRATION_PAGE = 'administration/settings/jira_cloud_app/'

/**
 * What a GitLab administrator sets up once on a self-managed instance. It takes one line until it is opened; then the
 * first step that isn't done is open, too.
 */
export function SetUpGuide({ instance, progress, onProgress }: SetUpGuideProps) {
  const { app } = usePageContext().backend
  const [openedByHand, setOpenedByHand] = useState<ReadonlyMap<string, boolean>>(new Map())
  const steps = guideSteps(app, instance)
  const { isOpen, done } = progress
  const current = steps.find(({ id }) => !done.has(id))
  const doneCount = steps.filter(({ id }) => done.has(id)).length

  function tick(id: string): void {
    const next = new Set(done)
    if (!next.delete(id)) next.add(id)
    onProgress({ ...progress, done: next })
    // It closes once it is done, and opens once it isn't.
    const others = new Map(openedByHand)
    others.delete(id)
    setOpenedByHand(others)
  }

  return (
    <details
      className={styles.guide}
      open={isOpen}
      onToggle={onToggled(isOpen, (open) => onProgress({ ...progress, isOpen: open }))}
    >
      <summary>
        <WithNote
          className={styles.note}
          note={
            doneCount > 0
              ? texts.setUpGuide.done({ done: doneCount, steps: steps.length })
              : texts.setUpGuide.effort({ steps: steps.length })
          }
        >
          {texts.setUpGuide.title}
        </WithNote>
      </summary>
      {instance && <SetUpCommands instanceUrl={instance} appUrl={app} redirectUri={redirectUri(app).href} />}
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <GuideStepItem
            key={step.id}
            step={step}
            number={index + 1}
            instance={instance}
            isDone={done.has(step.id)}
            isCurrent={step === current}
            isOpen={openedByHand.get(step.id) ?? (step === current && !step.isOptional)}
            onOpen={(open) => setOpenedByHand(new Map([...openedByHand, [step.id, open]]))}
            onTick={() => tick(step.id)}
          />
        ))}
      </ol>
    </details>
  )
}

interface GuideStepItemProps {
  readonly step: GuideStep
  readonly number: number
  readonly instance: InstanceUrl | undefined
  readonly isDone: boolean
  /** Whether it is the first one that isn't done. */
  readonly isCurrent: boolean
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onTick: () => void
}

function GuideStepItem(props: GuideStepItemProps) {
  const { step, number, instance, isDone, isCurrent, isOpen, onOpen, onTick } = props
  const { id, text, anchor, page, values = [] } = step
  const docs = useDocs()
  const ids = useId()
  return (
    <li className={styles.step} data-state={isDone ? 'done' : isCurrent ? 'current' : 'later'}>
      <details open={isOpen} onToggle={onToggled(isOpen, onOpen)}>
        <summary aria-current={isCurrent ? 'step' : undefined} data-tick={texts.setUpGuide.tick}>
          <span className={styles.number}>{isDone ? <CheckIcon /> : number}</span>
          <span id={`${ids}-title`}>{texts.setUpGuide.steps[id].title}</span>
        </summary>
        <div className={styles.body}>
          <p>{text}</p>
          <Values values={values} />
          <p className={styles.links}>
            {page && instance && <ExternalLink href={instance + page}>{texts.setUpGuide.open}</ExternalLink>}
            <ExternalLink href={`${docs}/${ADMINISTRATION_PAGE}#${anchor}`}>
              {texts.setUpGuide.documentation}
            </ExternalLink>
          </p>
        </div>
      </details>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={isDone}
          aria-labelledby={`${ids}-done ${ids}-title`}
          onChange={onTick}
        />
        <span id={`${ids}-done`}>{texts.setUpGuide.tick}</span>
      </label>
    </li>
  )
}

/** Reports when the reader opens or closes a section, but not when the page does, nor for sections inside it. */
function onToggled(isOpen: boolean, listener: (isOpen: boolean) => void) {
  return ({ target, currentTarget }: ToggleEvent<HTMLDetailsElement>) => {
    if (target === currentTarget && currentTarget.open !== isOpen) listener(currentTarget.open)
  }
}
