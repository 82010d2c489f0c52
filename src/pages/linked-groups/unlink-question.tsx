import { useMutation } from '@tanstack/react-query'
import { unlinkGroupOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { useInstance } from '#src/pages/context/instance-context.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { Failure } from '#src/pages/failure/failure.tsx'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { Question } from '#src/pages/parts/question.tsx'
import { WaitingForJira } from '#src/pages/parts/waiting-for-jira.tsx'
import { texts } from '#src/texts/texts.ts'

interface UnlinkQuestionProps {
  readonly fullName: string
  readonly subscriptionId: string
  readonly linkedParent: string | undefined
  readonly onUnlinked: () => void
  readonly onCancel: () => void
}

/** Asks before one group is unlinked, and unlinks it. */
export function UnlinkQuestion(props: UnlinkQuestionProps) {
  const { fullName, subscriptionId, linkedParent, onUnlinked, onCancel } = props
  const { instance } = useInstance()
  const { backend } = usePageContext()
  const announce = useAnnounce()
  const { mutateAsync, error, isPending } = useMutation(unlinkGroupOptions(backend, instance))

  async function unlink(): Promise<void> {
    try {
      await mutateAsync(subscriptionId)
    } catch {
      // Shown in the row.
      return
    }
    announce(texts.list.unlinked({ name: fullName }))
    onUnlinked()
  }

  return (
    <Question
      question={texts.unlinkQuestion.question({ name: fullName })}
      consequence={
        linkedParent === undefined
          ? texts.unlinkQuestion.consequence
          : texts.unlinkQuestion.consequenceBelow({ parent: linkedParent })
      }
      confirm={texts.list.unlink}
      appearance="danger"
      isBusy={isPending}
      onConfirm={() => void unlink()}
      onCancel={onCancel}
    >
      {isPending && <WaitingForJira />}
      {error != null && <Failure error={error} />}
    </Question>
  )
}
