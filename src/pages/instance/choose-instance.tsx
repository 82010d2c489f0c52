import Button from '@atlaskit/button/new'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useId, useRef, useState } from 'react'
import { appNameOf } from '#src/deployment/deployment.ts'
import { saveInstanceOptions } from '#src/gitlab/instance/instance-queries.ts'
import type { InstanceUrl, InstanceUrlProblem } from '#src/gitlab/instance/instance-url.ts'
import { InvalidInstanceUrlError } from '#src/gitlab/instance/instance-url.ts'
import type { NormalizedInstanceUrl } from '#src/gitlab/instance/typed-instance-url.ts'
import { normalizeInstanceUrl } from '#src/gitlab/instance/typed-instance-url.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { codeOf } from '#src/pages/failure/failure-code.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { useFocusOnMount } from '#src/pages/parts/focus.ts'
import { Hint } from '#src/pages/parts/hint.tsx'
import { Question } from '#src/pages/parts/question.tsx'
import { texts } from '#src/texts/en.ts'
import { chooseInstanceTexts } from '#src/texts/en-instance.ts'
import styles from './choose-instance.module.css'
import type { GuideProgress } from './set-up-guide.tsx'
import { SetUpGuide } from './set-up-guide.tsx'

export interface InstanceDraft {
  readonly isSelfManaged: boolean
  readonly typed: string
}

interface ChooseInstanceProps {
  /** What is chosen and typed. Kept by the parent, so that it survives closing the screen. */
  readonly draft: InstanceDraft
  /** Called with undefined once it's saved. */
  readonly onDraft: (draft: InstanceDraft | undefined) => void
  /** Kept by the parent, so that progress survives closing the guide. */
  readonly guide: GuideProgress
  readonly onGuide: (progress: GuideProgress) => void
  readonly onClose: () => void
}

/** Choosing the GitLab instance of this Jira site: the one that serves the page, or a self-managed one. */
export function ChooseInstance({ draft, onDraft, guide, onGuide, onClose }: ChooseInstanceProps) {
  const { backend, format, deployment } = usePageContext()
  const { instance: current } = useInstance()
  const announce = useAnnounce()
  const ids = useId()
  const title = useFocusOnMount<HTMLHeadingElement>()
  const field = useRef<HTMLInputElement>(null)
  const { isSelfManaged, typed } = draft
  const choosable = deployment.instances
  const factsOf = (instance: InstanceUrl) => factsAbout(instance, backend.app, deployment)
  const [problem, setProblem] = useState<InstanceUrlProblem | 'not-allowed'>()
  const [asking, setAsking] = useState<InstanceUrl>()
  const { data: linkedGroups } = useQuery(linkedGroupsOptions(backend, current))
  const save = useMutation(saveInstanceOptions(backend, current))
  const reading = read(typed)
  const wanted = isSelfManaged ? reading.url : backend.app

  function submit(event: FormEvent): void {
    event.preventDefault()
    const found = isSelfManaged ? reading.problem : undefined
    const refused = isSelfManaged && !found && wanted && !isChoosable(wanted) ? 'not-allowed' : undefined
    setProblem(found ?? refused)
    if (found || refused || !wanted) {
      field.current?.focus()
      return
    }
    if (wanted === current) onClose()
    else if (linkedGroups && linkedGroups.length > 0) setAsking(wanted)
    else void saveInstance(wanted)
  }

  function isChoosable(instance: InstanceUrl): boolean {
    return !Array.isArray(choosable) || choosable.includes(instance) || instance === backend.app
  }

  async function saveInstance(instance: InstanceUrl): Promise<void> {
    try {
      const saved = await save.mutateAsync(instance)
      announce(chooseInstanceTexts.changed(factsOf(saved).instanceName))
      onDraft(undefined)
      onClose()
    } catch {
      // Shown below. The text stays.
    }
  }

  function edit(changed: Partial<InstanceDraft>): void {
    onDraft({ ...draft, ...changed })
    setProblem(undefined)
    setAsking(undefined)
    save.reset()
  }

  return (
    <section aria-labelledby={`${ids}-title`}>
      <h2 id={`${ids}-title`} ref={title} tabIndex={-1}>
        {chooseInstanceTexts.title}
      </h2>
      <form onSubmit={submit} noValidate>
        <div role="radiogroup" aria-labelledby={`${ids}-title`} className={styles.radios}>
          <label>
            <input
              type="radio"
              name={`${ids}-where`}
              checked={!isSelfManaged}
              onChange={() => edit({ isSelfManaged: false })}
            />{' '}
            {appNameOf(backend.app, deployment)}
          </label>
          <label>
            <input
              type="radio"
              name={`${ids}-where`}
              checked={isSelfManaged}
              onChange={() => edit({ isSelfManaged: true })}
            />{' '}
            {chooseInstanceTexts.own}
          </label>
        </div>
        {isSelfManaged && (
          <>
            <SetUpGuide instance={reading.url} progress={guide} onProgress={onGuide} />
            <div className={styles.field}>
              <label htmlFor={`${ids}-url`}>{chooseInstanceTexts.address}</label>
              <input
                ref={field}
                id={`${ids}-url`}
                type="text"
                inputMode="url"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                placeholder={chooseInstanceTexts.example}
                value={typed}
                aria-invalid={problem !== undefined}
                aria-describedby={`${ids}-saved ${ids}-problem`}
                onChange={(event) => edit({ typed: event.target.value })}
                onBlur={() => setProblem(typed.trim() ? reading.problem : undefined)}
              />
              <Hint id={`${ids}-saved`}>
                {reading.url && (
                  <>
                    {chooseInstanceTexts.willBeSaved} <bdi>{reading.url}</bdi>
                  </>
                )}
              </Hint>
              {problem && (
                <p id={`${ids}-problem`} className={styles.problem} role="alert">
                  {problem === 'not-allowed'
                    ? chooseInstanceTexts.notAllowed
                    : chooseInstanceTexts.problems[problem]}
                </p>
              )}
              {reading.alternative && (
                <Button spacing="compact" onClick={() => edit({ typed: reading.alternative ?? '' })}>
                  {chooseInstanceTexts.takeInstead(reading.alternative)}
                </Button>
              )}
            </div>
          </>
        )}
        {asking === undefined && (
          <Actions>
            <Button type="submit" appearance="primary" isLoading={save.isPending}>
              {chooseInstanceTexts.save}
            </Button>
            <Button appearance="subtle" isDisabled={save.isPending} onClick={onClose}>
              {texts.cancel}
            </Button>
          </Actions>
        )}
      </form>
      {asking !== undefined && (
        <Question
          question={chooseInstanceTexts.confirm(factsOf(asking).instanceName)}
          consequence={consequence(asking)}
          confirm={chooseInstanceTexts.confirmButton}
          appearance="warning"
          isBusy={save.isPending}
          onConfirm={() => void saveInstance(asking)}
          onCancel={() => {
            setAsking(undefined)
            title.current?.focus()
          }}
        />
      )}
      {save.error && <Failure error={save.error} facts={factsOf(atFault(save.error, save.variables))} />}
    </section>
  )

  /** The instance that serves the page saves the choice, and reports how the chosen instance responded. */
  function atFault(error: unknown, wanted: InstanceUrl): InstanceUrl {
    return /^(installation|instance-url)-/.test(codeOf(error)) ? wanted : backend.app
  }

  /** A change from a self-managed instance to the app's makes GitLab unlink its groups; any other change keeps the links. */
  function consequence(next: InstanceUrl): string {
    const count = linkedGroups?.length ?? 0
    const words = next === backend.app ? chooseInstanceTexts.removesLinks : chooseInstanceTexts.keepsLinks
    return words(factsOf(current).instanceName, count, format)
  }
}

/** The instance that the text stands for, or why it can't be one. */
function read(typed: string): Partial<NormalizedInstanceUrl> & { readonly problem?: InstanceUrlProblem } {
  try {
    return normalizeInstanceUrl(typed)
  } catch (error) {
    if (error instanceof InvalidInstanceUrlError) return { problem: error.code }
    throw error
  }
}
