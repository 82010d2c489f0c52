import Button from '@atlaskit/button/new'
import { useState } from 'react'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { useFocusBack } from '#src/pages/parts/focus.ts'
import { Question } from '#src/pages/parts/question.tsx'
import { PLACE, Sentence } from '#src/pages/parts/words/sentence.tsx'
import { languageOfTexts, texts } from '#src/texts/texts.ts'
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
  const [isAsking, setAsking] = useState(false)
  const unlinkButton = useFocusBack(isAsking)
  const names = new Set(groups.map(({ fullName }) => fullName))
  const parents = groups.map(linkedParentOf).filter((parent) => parent !== undefined && !names.has(parent))
  const consequence =
    parents[0] === undefined
      ? texts.bulk.selection.consequenceMany({ names: PLACE })
      : texts.bulk.selection.consequenceBelow({ names: PLACE, parent: parents[0] })

  if (isAsking)
    return (
      <Question
        question={texts.bulk.selection.questionMany({ count: groups.length })}
        consequence={
          <Sentence text={consequence}>
            <Names groups={groups} />
          </Sentence>
        }
        confirm={texts.bulk.selection.unlinkMany({ count: groups.length })}
        appearance="danger"
        isBusy={isDisabled}
        onConfirm={onUnlink}
        onCancel={() => setAsking(false)}
      />
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's, and brings its own looks
    <div className={styles.selection} role="group" aria-label={texts.bulk.selection.selection}>
      <span>
        {texts.bulk.selection.selected({ count: groups.length })}
        {hidden > 0 && <> · {texts.bulk.selection.notShown({ count: hidden })}</>}
      </span>
      <Button ref={unlinkButton} spacing="compact" isDisabled={isDisabled} onClick={() => setAsking(true)}>
        {texts.bulk.selection.unlinkMany({ count: groups.length })}
      </Button>
      <Button appearance="subtle" data-appearance="subtle" spacing="compact" onClick={onClear}>
        {texts.bulk.selection.clearSelection}
      </Button>
    </div>
  )
}

/** The first few names, and how many more there are. */
function Names({ groups }: Pick<SelectionBarProps, 'groups'>) {
  const names = groups.slice(0, MOST_NAMES).map(({ fullName }) => fullName)
  const more = groups.length - names.length
  const items = more > 0 ? [...names, texts.bulk.selection.more({ count: more })] : names
  return new Intl.ListFormat(languageOfTexts()).formatToParts(items).map(({ type, value }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence, whose parts have no other identity
    return type === 'element' ? <bdi key={index}>{value}</bdi> : value
  })
}
