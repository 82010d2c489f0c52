import Button from '@atlaskit/button/new'
import { useState } from 'react'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { useFocusBack } from '#src/pages/parts/focus.ts'
import { Question } from '#src/pages/parts/question.tsx'
import { bulkTexts } from '#src/texts/en-bulk.ts'
import styles from './selection-bar.module.css'

/** How many groups are named before they are unlinked. */
const MOST_NAMES = 5

interface SelectionBarProps {
  readonly groups: readonly LinkedGroup[]
  /** How many of them are hidden by the filter. */
  readonly hidden: number
  readonly isDisabled: boolean
  /** The full name of a linked group that a group seems to be below. */
  readonly linkedParentOf: (group: LinkedGroup) => string | undefined
  readonly onUnlink: () => void
  readonly onClear: () => void
}

/** The actions for the selected groups. Asks once before unlinking, and names the groups. */
export function SelectionBar(props: SelectionBarProps) {
  const { groups, hidden, isDisabled, linkedParentOf, onUnlink, onClear } = props
  const { format } = usePageContext()
  const [isAsking, setAsking] = useState(false)
  const unlinkButton = useFocusBack(isAsking)
  const names = new Set(groups.map(({ fullName }) => fullName))
  const parents = groups.map(linkedParentOf).filter((parent) => parent !== undefined && !names.has(parent))
  const consequence =
    parents[0] === undefined
      ? bulkTexts.selection.consequenceMany
      : bulkTexts.selection.consequenceBelow(parents[0])

  if (isAsking)
    return (
      <Question
        question={bulkTexts.selection.questionMany(groups.length, format)}
        consequence={
          <>
            <Names groups={groups} />. {consequence}
          </>
        }
        confirm={bulkTexts.selection.unlinkMany(groups.length, format)}
        appearance="danger"
        isBusy={isDisabled}
        onConfirm={onUnlink}
        onCancel={() => setAsking(false)}
      />
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's, and brings its own looks
    <div className={styles.selection} role="group" aria-label={bulkTexts.selection.selection}>
      <span>
        {bulkTexts.selection.selected(groups.length, format)}
        {hidden > 0 && <> · {bulkTexts.selection.notShown(hidden, format)}</>}
      </span>
      <Button ref={unlinkButton} spacing="compact" isDisabled={isDisabled} onClick={() => setAsking(true)}>
        {bulkTexts.selection.unlinkMany(groups.length, format)}
      </Button>
      <Button appearance="subtle" spacing="compact" onClick={onClear}>
        {bulkTexts.selection.clearSelection}
      </Button>
    </div>
  )
}

/** The first few names, and how many more there are. */
function Names({ groups }: Pick<SelectionBarProps, 'groups'>) {
  const { format } = usePageContext()
  const names = groups.slice(0, MOST_NAMES).map(({ fullName }) => fullName)
  const more = groups.length - names.length
  const items = more > 0 ? [...names, bulkTexts.selection.more(more, format)] : names
  return new Intl.ListFormat('en').formatToParts(items).map(({ type, value }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence, whose parts have no other identity
    return type === 'element' ? <bdi key={index}>{value}</bdi> : value
  })
}
