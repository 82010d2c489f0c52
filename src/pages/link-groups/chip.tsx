import type { ComponentProps } from 'react'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { GroupPath, parentName } from '#src/pages/parts/group/group-path.tsx'
import { IconButton } from '#src/pages/parts/icon-button.tsx'
import { CrossIcon } from '#src/pages/parts/icons.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './chip.module.css'

interface ChipProps {
  readonly group: Group
  /** Undefined if it can't be removed now. */
  readonly removeButton: ComponentProps<'button'> | undefined
}

/** A selected group: its own name first, then where it is. */
export function Chip({ group, removeButton }: ChipProps) {
  const parent = parentName(group.fullName)
  return (
    <>
      <span className={styles.names} title={group.fullName}>
        <bdi className={styles.name}>{group.name}</bdi>
        {parent !== undefined && <GroupPath path={parent} />}
      </span>
      {removeButton && (
        <IconButton {...removeButton} aria-label={texts.linkGroups.remove({ name: group.fullName })}>
          <CrossIcon />
        </IconButton>
      )}
    </>
  )
}
