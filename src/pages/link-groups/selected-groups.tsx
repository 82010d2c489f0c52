import { useRef, useState } from 'react'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { useAnnounce } from '#src/pages/parts/announcements.tsx'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { texts } from '#src/texts/texts.ts'
import chip from './chip.module.css'
import { Chip } from './chip.tsx'
import { MOST_CHIPS } from './group-select.tsx'
import styles from './selected-groups.module.css'

const SHOWN_AT_ONCE = 100

interface SelectedGroupsProps {
  readonly selected: readonly Group[]
  readonly onSelect: (groups: readonly Group[]) => void
  /** Moves the focus, because the button that was pressed is gone. */
  readonly onEmpty: () => void
  readonly isDisabled: boolean
}

/** The selected groups, if they are too many for the field: a count, and a list on request. */
export function SelectedGroups({ selected, onSelect, onEmpty, isDisabled }: SelectedGroupsProps) {
  const announce = useAnnounce()
  const [isShown, setShown] = useState(false)
  const [shownCount, setShownCount] = useState(SHOWN_AT_ONCE)
  const list = useRef<HTMLUListElement>(null)
  const shown = isShown ? selected.slice(0, shownCount) : []
  const rest = Math.min(SHOWN_AT_ONCE, selected.length - shownCount)

  function remove(group: Group, index: number): void {
    const now = selected.filter(({ id }) => id !== group.id)
    onSelect(now)
    announce(texts.linkGroups.removedOne({ name: group.fullName, count: now.length }))
    // The rest fits into the field, and this list goes.
    if (now.length <= MOST_CHIPS) {
      onEmpty()
      return
    }
    // The focus moves to the group that takes the removed one's place.
    const buttons = list.current?.querySelectorAll('button')
    const next = buttons?.[index + 1] ?? buttons?.[index - 1]
    if (next) next.focus()
    else onEmpty()
  }

  function clear(): void {
    onSelect([])
    announce(texts.linkGroups.cleared)
    onEmpty()
  }

  return (
    <div className={styles.selected}>
      <p className={styles.count}>
        <strong>{texts.linkGroups.chosen({ count: selected.length })}</strong>
        <SubtleButton aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? texts.linkGroups.hide : texts.linkGroups.show}
        </SubtleButton>
        <SubtleButton disabled={isDisabled} onClick={clear}>
          {texts.linkGroups.clear}
        </SubtleButton>
      </p>
      {isShown && (
        <ul ref={list} className={styles.chips}>
          {shown.map((group, index) => (
            <li key={group.id} className={chip.chip}>
              <Chip
                group={group}
                removeButton={{ disabled: isDisabled, onClick: () => remove(group, index) }}
              />
            </li>
          ))}
        </ul>
      )}
      {isShown && rest > 0 && (
        <SubtleButton onClick={() => setShownCount(shownCount + SHOWN_AT_ONCE)}>
          {texts.linkGroups.showMore({ count: rest })}
        </SubtleButton>
      )}
    </div>
  )
}
