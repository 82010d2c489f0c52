import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { instanceNowOptions, saveInstanceOptions } from '#src/gitlab/instance/saving-queries.ts'
import { factsAbout } from '#src/pages/context/failure-facts.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { BusyButton } from '#src/pages/parts/words/busy-button.tsx'
import { texts } from '#src/texts/texts.ts'
import { isAboutSavedInstance } from './failure-code.ts'
import { unknownOutcomeIn, wordsFor } from './words-for.ts'

interface SaveInstanceAgainProps {
  /** Retries what failed; missing if the button for that is next to the failure. */
  readonly onSaved: (() => void) | undefined
}

/**
 * Saves the instance in use once more: GitLab then sends it the current secret and address of this Jira site. Unlike
 * reinstalling the app, this unlinks nothing. A change made elsewhere is not taken back.
 */
export function SaveInstanceAgain({ onSaved }: SaveInstanceAgainProps) {
  const { backend, deployment } = usePageContext()
  const { instance } = useInstance()
  const { data: now, error: lookError, refetch } = useQuery(instanceNowOptions(backend, instance))
  const saving = useMutation(saveInstanceOptions(backend, instance))
  const [isLooking, setLooking] = useState(false)
  if (now !== instance) return null

  async function save(): Promise<void> {
    setLooking(true)
    const { data, isError } = await refetch()
    setLooking(false)
    if (!isError && data === instance) saving.mutate(instance, { onSuccess: () => onSaved?.() })
  }

  const titleOf = (error: Error) => {
    const atFault = isAboutSavedInstance(error) ? instance : backend.app
    return wordsFor(error, factsAbout(atFault, backend.app, deployment)).title
  }
  const error = lookError ?? saving.error
  const outcome = unknownOutcomeIn(saving.error)
  return (
    <>
      <BusyButton isBusy={isLooking || saving.isPending} onClick={() => void save()}>
        {texts.failure.saveAgain}
      </BusyButton>
      {error && <p role="alert">{titleOf(error)}</p>}
      {outcome !== undefined && <p>{outcome}</p>}
      {saving.isSuccess && <p role="status">{onSaved ? texts.failure.saved : texts.failure.savedAgain}</p>}
    </>
  )
}
