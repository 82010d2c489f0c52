import { useIsMutating } from '@tanstack/react-query'
import type { Ref } from 'react'
import { Activity } from 'react'
import { texts } from '#src/texts/texts.ts'
import { usePageContext } from './context/page-context.ts'
import { Failure } from './failure/failure.tsx'
import type { InstanceDraft } from './instance/instance-options.ts'
import type { GuideProgress } from './instance/set-up-guide.tsx'
import { InstanceGroups } from './instance-groups.tsx'
import { ChooseInstance } from './lazy-screens.ts'
import { Button } from './parts/button.tsx'
import { useLinking } from './use-linking.ts'

interface InstanceScreensProps {
  /** Why the page can't read which instance this Jira site uses; null if it can. */
  readonly error: unknown
  readonly onRetry: () => void
  readonly isRetrying: boolean
  /** Whether it has been read. */
  readonly isKnown: boolean
  readonly isChoosing: boolean
  readonly onChoosing: (isChoosing: boolean) => void
  /** What is selected and typed as another instance. */
  readonly draft: InstanceDraft
  readonly onDraft: (draft: InstanceDraft) => void
  readonly guide: GuideProgress
  readonly onGuide: (progress: GuideProgress) => void
  /** Gets the name of another instance once it's saved. */
  readonly onChanged: (name: string) => void
  readonly changeButton: Ref<HTMLButtonElement>
}

/** The groups of one instance, or the screen for choosing another. The groups stay as they were while it's open. */
export function InstanceScreens(props: InstanceScreensProps) {
  const { error, isKnown, isChoosing, onChoosing } = props
  const { deployment } = usePageContext()
  const linking = useLinking()
  const isUnlinking = useIsMutating() > 0
  const onChange = deployment.instances === 'none' ? undefined : () => onChoosing(true)
  // Changing the instance would cut off what is under way.
  const isBusy = linking.isBusy || isUnlinking

  return (
    <>
      {error != null && (
        <>
          <Failure error={error} onRetry={props.onRetry} retrying={props.isRetrying} />
          {onChange && !isChoosing && (
            <Button disabled={isBusy} onClick={onChange}>
              {texts.choosing.useOther}
            </Button>
          )}
        </>
      )}
      {isChoosing && (
        <ChooseInstance
          draft={props.draft}
          onDraft={props.onDraft}
          guide={props.guide}
          onGuide={props.onGuide}
          isKnown={isKnown}
          onChanged={props.onChanged}
          onClose={() => onChoosing(false)}
        />
      )}
      {isKnown && (
        <Activity mode={isChoosing ? 'hidden' : 'visible'}>
          <InstanceGroups
            linking={linking}
            onChange={onChange}
            isChangeDisabled={isBusy}
            changeButton={props.changeButton}
            onSwitch={props.onChanged}
          />
        </Activity>
      )}
    </>
  )
}
