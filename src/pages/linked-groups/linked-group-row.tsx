import type { ReactNode } from 'react'
import { memo, useRef, useState } from 'react'
import type { LinkedGroup } from '#src/gitlab/linked-groups/linked-groups.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { lazyWithRetry } from '#src/pages/failure/lazy-with-retry.tsx'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { useFocusBack } from '#src/pages/parts/focus.ts'
import { GroupAvatar } from '#src/pages/parts/group/group-avatar.tsx'
import { GroupPath } from '#src/pages/parts/group/group-path.tsx'
import { isLong } from '#src/pages/parts/group/path-parts.ts'
import { Lozenge } from '#src/pages/parts/lozenge.tsx'
import { formatAge, formatDate } from '#src/texts/format.ts'
import { texts } from '#src/texts/texts.ts'
import styles from './linked-group-row.module.css'

/** Loads the question before a group is unlinked. */
export const loadUnlinkQuestion = () => import('./unlink-question.tsx')
const UnlinkQuestion = lazyWithRetry(async () => (await loadUnlinkQuestion()).UnlinkQuestion, null)

interface LinkedGroupRowProps {
  readonly group: LinkedGroup
  readonly isNew: boolean
  /** Undefined if groups can't be selected. */
  readonly isSelected: boolean | undefined
  /** With the Shift key, selects all rows since the last one. */
  readonly onSelect: (group: LinkedGroup, isSelected: boolean, shiftKey: boolean) => void
  readonly isDisabled: boolean
  /** The position in the whole list, from 1, and its length: not all rows are rendered. */
  readonly position: number
  readonly listLength: number
  readonly onUnlinked: (group: LinkedGroup) => void
  /** Full name of a linked group that this one seems to be below. */
  readonly linkedParent: string | undefined
  /** Shown below the row. */
  readonly children?: ReactNode
}

/** @returns how tall a group's row is if its name and path fit on a line each, in pixels: as the style sheet makes it */
export function rowPixels({ description, lacks = [] }: LinkedGroup): number {
  const lines = lacks.length + (description === undefined ? 0 : 1)
  // The shortest row has room for a part of the third line.
  return lines === 0 ? 57 : 53 + 16 * lines
}

/**
 * One linked group, with a button to unlink it. Kept light, because there may be thousands: plain markup for the button,
 * and no rendering unless something changes.
 */
export const LinkedGroupRow = memo(function LinkedGroupRow({
  group,
  isNew,
  isSelected,
  onSelect,
  isDisabled,
  position,
  listLength,
  linkedParent,
  onUnlinked,
  children,
}: LinkedGroupRowProps) {
  // Renders again when the page changes its language.
  usePageContext()
  const [isAsking, setAsking] = useState(false)
  const checkbox = useRef<HTMLInputElement>(null)
  // While the row is selected, it has no button.
  const unlinkButton = useFocusBack(isAsking, checkbox)
  const spaceWithShift = useRef(false)
  const { subscriptionId } = group

  return (
    <li
      className={isSelected === undefined ? styles.row : `${styles.row} ${styles.selectable}`}
      aria-posinset={position}
      aria-setsize={listLength}
    >
      {isSelected !== undefined && (
        <label className={styles.checkbox}>
          <input
            ref={checkbox}
            type="checkbox"
            aria-label={texts.list.select({ name: group.fullName })}
            checked={isSelected}
            disabled={isDisabled || subscriptionId === undefined}
            onKeyDown={(event) => {
              spaceWithShift.current = event.key === ' ' && event.shiftKey
            }}
            onChange={({ target, nativeEvent }) => {
              // React's change event comes from a click, which has the state of the Shift key.
              const { detail, shiftKey } = nativeEvent as MouseEvent
              // The keyboard makes clicks without a count. In Firefox, they don't have that state.
              onSelect(group, target.checked, detail === 0 ? spaceWithShift.current : shiftKey)
            }}
          />
        </label>
      )}
      <GroupAvatar name={group.name} url={group.avatarUrl} />
      <div className={styles.names}>
        <div className={styles.title}>
          <bdi className={styles.name} data-field="name" data-long={isLong(group.name)}>
            {group.name}
          </bdi>
          {isNew && <Lozenge appearance="success">{texts.list.isNew}</Lozenge>}
        </div>
        <GroupPath path={group.fullName} />
        {group.description !== undefined && (
          <bdi
            className={styles.description}
            data-field="description"
            data-long={isLong(group.description)}
            title={group.description}
          >
            {group.description}
          </bdi>
        )}
        {group.lacks?.map((what) => (
          <span key={what} className={styles.description}>
            {texts.list.lacks[what]}
          </span>
        ))}
      </div>
      {group.linkedAt !== undefined && <Age linkedAt={group.linkedAt} />}
      {/* A selected row has the button of the selection. */}
      {!isAsking && !isSelected && subscriptionId !== undefined && (
        <div className={styles.action}>
          <SubtleButton
            ref={unlinkButton}
            aria-label={texts.list.unlinkGroup({ name: group.fullName })}
            disabled={isDisabled}
            onClick={() => setAsking(true)}
          >
            {texts.list.unlink}
          </SubtleButton>
        </div>
      )}
      {isAsking && subscriptionId !== undefined && (
        <UnlinkQuestion
          fullName={group.fullName}
          subscriptionId={subscriptionId}
          linkedParent={linkedParent}
          onUnlinked={() => onUnlinked(group)}
          onCancel={() => setAsking(false)}
        />
      )}
      {children}
    </li>
  )
})

function Age({ linkedAt }: { linkedAt: number }) {
  const { format } = usePageContext()
  const date = formatDate(linkedAt, format)
  return (
    <time className={styles.age} dateTime={new Date(linkedAt).toISOString()} title={date}>
      <span aria-hidden="true">{texts.list.linkedAge({ age: formatAge(linkedAt, Date.now(), format) })}</span>
      <span className="visually-hidden">{texts.list.linkedOn({ date })}</span>
    </time>
  )
}
