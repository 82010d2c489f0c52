import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { createCoverage } from '#src/gitlab/linked-groups/linked-marks.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { Hint } from '#src/pages/parts/hint.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './covered-groups.module.css'

/** Selected groups that a linked or selected parent already covers. */
interface Coverage {
  /** Says so. */
  readonly words: string
  /** Label of the button that deselects them. */
  readonly deselect: string
  /** The rest of the selection. */
  readonly others: readonly Group[]
}

/**
 * @param linked the linked groups whose paths are known
 * @returns undefined if none of the selected groups is covered
 */
export function coverageOf(
  selected: readonly Group[],
  linked: Parameters<typeof createCoverage>[0],
): Coverage | undefined {
  const coveredBy = createCoverage([...linked, ...selected])
  const covered = selected.filter((group) => coveredBy(group) !== undefined)
  const [first] = covered
  if (!first) return undefined
  const isOne = covered.length === 1
  const isNamesake = ({ id, name }: Group) => selected.some((one) => one.id !== id && one.name === name)
  const { coveredOne, covered: coveredMany, leaveOutOne, leaveOut } = texts.linkGroups
  return {
    words: isOne
      ? coveredOne({ name: first.fullName, by: coveredBy(first) ?? '' })
      : coveredMany({ count: covered.length }),
    deselect: isOne ? leaveOutOne({ name: isNamesake(first) ? first.fullName : first.name }) : leaveOut,
    others: selected.filter((group) => coveredBy(group) === undefined),
  }
}

interface CoveredGroupsProps {
  readonly coverage: Coverage
  /** Called with the rest of the selection. */
  readonly onDeselect: (others: readonly Group[]) => void
}

/** Says which selected groups are redundant, and deselects them on request. */
export function CoveredGroups({ coverage, onDeselect }: CoveredGroupsProps) {
  const { words, deselect, others } = coverage
  return (
    <Hint role="note">
      {words}{' '}
      <span className={styles.leaveOut}>
        <SubtleButton onClick={() => onDeselect(others)}>{deselect}</SubtleButton>
      </span>
    </Hint>
  )
}
