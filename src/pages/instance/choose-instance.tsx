import Button from '@atlaskit/button/new'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import type { InstanceUrl, InstanceUrlProblem } from '#src/gitlab/instance/instance-url.ts'
import { instanceNowOptions, saveInstanceOptions } from '#src/gitlab/instance/saving-queries.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { isAboutSavedInstance } from '#src/pages/failure/failure-code.ts'
import { useSteadyError } from '#src/pages/failure/steady-error.ts'
import { Actions } from '#src/pages/parts/actions.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { isFocusLost, useInView } from '#src/pages/parts/focus.ts'
import { BusyButton } from '#src/pages/parts/words/busy-button.tsx'
import { inSequence } from '#src/pages/parts/words/in-sequence.ts'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import { texts } from '#src/texts/texts.ts'
import { ChangeQuestion } from './change-question.tsx'
import styles from './choose-instance.module.css'
import type { InstanceDraft } from './instance-options.ts'
import { completeDraft, selectableInstances, TYPED } from './instance-options.ts'
import { InstanceRadios } from './instance-radios.tsx'
import { InstanceUrlField, readTypedInstance } from './instance-url-field.tsx'
import type { GuideProgress } from './set-up-guide.tsx'
import { SetUpGuide } from './set-up-guide.tsx'

/** A change of the instance that takes a confirmation. */
interface Change {
  readonly next: InstanceUrl
  /** The one in use at that moment; undefined if that couldn't be known. */
  readonly inUse: InstanceUrl | undefined
}

interface ChooseInstanceProps {
  /** What is selected and typed. Kept by the parent, so that it survives closing the screen. */
  readonly draft: InstanceDraft
  /** Called with an empty one once it's saved. */
  readonly onDraft: (draft: InstanceDraft) => void
  /** Kept by the parent, so that progress survives closing the guide. */
  readonly guide: GuideProgress
  readonly onGuide: (progress: GuideProgress) => void
  /** Whether it is known which instance is in use. */
  readonly isKnown: boolean
  /** Gets the name of the instance once it's saved. */
  readonly onChanged: (name: string) => void
  readonly onClose: () => void
}

function InView({ children }: { children: ReactNode }) {
  return <div ref={useInView<HTMLDivElement>()}>{children}</div>
}

/** Choosing the GitLab instance of this Jira site: the one that serves the page, or another that the deployment allows. */
export function ChooseInstance(props: ChooseInstanceProps) {
  const { draft, onDraft, guide, onGuide, isKnown, onChanged, onClose } = props
  const { backend, deployment } = usePageContext()
  const { instance: current } = useInstance()
  const announce = useAnnounce()
  const titleId = useId()
  const field = useRef<HTMLInputElement>(null)
  const options = selectableInstances(deployment, backend.app, current)
  const { selected, typed, isWhole } = completeDraft(draft, options, backend.app, current)
  const [problem, setProblem] = useState<InstanceUrlProblem>()
  const [asking, setAsking] = useState<Change>()
  /** What the user has confirmed, in case it has to be tried again. */
  const confirmed = useRef<Change>(undefined)
  const saveButton = useRef<HTMLButtonElement>(null)
  // It could have been changed elsewhere since.
  const { data: now, refetch: readNow } = useQuery(instanceNowOptions(backend, current))
  const [isLooking, setLooking] = useState(false)
  const list = useQuery(linkedGroupsOptions(backend, current))
  // Those of an instance that is only assumed to be in use say nothing about the one that is.
  const linkedGroups = isKnown && now === current ? list.data : undefined
  const save = useMutation(saveInstanceOptions(backend, current))
  const failure = useSteadyError({ error: save.error, isFetching: save.isPending })
  const isTyped = selected === TYPED
  const title = useRef<HTMLHeadingElement>(null)
  // The next thing to do, if that is to type a URL.
  const start = useEffectEvent(() => {
    if (!isTyped) title.current?.focus()
    field.current?.focus()
    field.current?.select()
  })
  useEffect(() => start(), [])
  // The button that was pressed in the question or in the failure is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another failure may have no such button
  useEffect(() => {
    if (!asking && isFocusLost()) saveButton.current?.focus({ preventScroll: true })
  }, [asking, failure])
  const reading = readTypedInstance(typed, isWhole)
  const wanted = isTyped ? reading.url : selected
  const factsOf = (instance: InstanceUrl) => factsAbout(instance, backend.app, deployment)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!wanted) {
      setProblem(reading.problem)
      field.current?.focus()
      return
    }
    await changeTo(wanted)
  }

  async function changeTo(next: InstanceUrl): Promise<void> {
    if (asking || save.isPending || isLooking) return
    const inUse = await readInUse()
    const isConfirmed = confirmed.current?.next === next && confirmed.current.inUse === inUse
    if (next === inUse && next === current) onClose()
    else if (next !== inUse && !isConfirmed && isToBeAsked(next, inUse)) setAsking({ next, inUse })
    else void saveInstance(next)
  }

  /** @returns the instance in use at this moment; undefined if that can't be known */
  async function readInUse(): Promise<InstanceUrl | undefined> {
    if (!isKnown) return undefined
    setLooking(true)
    const { data, isError } = await readNow()
    setLooking(false)
    return isError ? undefined : data
  }

  function isToBeAsked(next: InstanceUrl, inUse: InstanceUrl | undefined): boolean {
    const groups = inUse === undefined || inUse === current ? linkedGroups : undefined
    if (groups && groups.length > 0) return true
    // Groups could have been linked since the list was read.
    const isNothingLinked = groups && inUse === current && list.isSuccess && !list.isFetching
    return !keepsLinks(next) && !isNothingLinked
  }

  async function saveInstance(instance: InstanceUrl): Promise<void> {
    try {
      const saved = await save.mutateAsync(instance)
      const name = factsOf(saved).instanceName
      announce(texts.chooseInstance.changed({ name }))
      onChanged(name)
      onDraft({})
      onClose()
    } catch {
      // Shown below, with a button to retry. The text stays.
      setAsking(undefined)
    }
  }

  /** A change from a self-managed instance to the app's makes GitLab unlink its groups; any other keeps the links. */
  function keepsLinks(next: InstanceUrl): boolean {
    return next !== backend.app
  }

  function edit(changed: InstanceDraft): void {
    // What is being saved is what was there. Something else would be lost when that is done.
    if (save.isPending || isLooking) return
    onDraft({ ...draft, ...changed })
    setProblem(undefined)
    setAsking(undefined)
    confirmed.current = undefined
    save.reset()
  }

  const usesThis = texts.chooseInstance.inUse({ instanceName: PLACE })
  const inUse = linkedGroups
    ? inSequence(usesThis, texts.chooseInstance.linkedThere({ count: linkedGroups.length }))
    : usesThis
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {texts.chooseInstance.title}
      </h2>
      {isKnown && (
        <p className={styles.inUse}>
          <Sentence text={inUse}>
            <strong>{factsOf(now).instanceName}</strong>
          </Sentence>
        </p>
      )}
      <form onSubmit={(event) => void submit(event)} noValidate>
        <InstanceRadios
          labelledBy={titleId}
          options={options}
          selected={selected}
          onSelect={(option) => edit({ selected: option })}
        />
        {isTyped && (
          <InstanceUrlField
            field={field}
            typed={typed}
            reading={reading}
            problem={problem}
            onType={(text) => edit({ typed: text, isWhole: false })}
            onWhole={(isWhole) => edit({ typed, isWhole })}
            onLeave={() => setProblem(typed.trim() ? reading.problem : undefined)}
          />
        )}
        {selected !== backend.app && <SetUpGuide instance={wanted} progress={guide} onProgress={onGuide} />}
        {!asking && (
          <Actions>
            <BusyButton
              ref={saveButton}
              type="submit"
              appearance="primary"
              isBusy={save.isPending || isLooking}
            >
              {texts.chooseInstance.save}
            </BusyButton>
            <Button
              appearance="subtle"
              data-appearance="subtle"
              isDisabled={save.isPending || isLooking}
              onClick={onClose}
            >
              {texts.cancel}
            </Button>
          </Actions>
        )}
      </form>
      {asking && (
        <ChangeQuestion
          nextName={factsOf(asking.next).instanceName}
          keepsLinks={keepsLinks(asking.next)}
          linkedCount={linkedGroups?.length ?? 0}
          isBusy={save.isPending || isLooking}
          onConfirm={() => {
            confirmed.current = asking
            void saveInstance(asking.next)
          }}
          onBackToGroups={onClose}
          onCancel={() => setAsking(undefined)}
        />
      )}
      {failure != null && save.variables && (
        <InView>
          <Failure
            error={failure}
            facts={factsOf(isAboutSavedInstance(failure) ? save.variables : backend.app)}
            // What it advises first is to reload the page.
            onRetry={failure instanceof UnknownOutcomeError ? undefined : () => void changeTo(save.variables)}
            retrying={save.isPending || isLooking}
          />
        </InView>
      )}
    </section>
  )
}
