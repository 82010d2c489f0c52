import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { createCoverage } from '#src/gitlab/linked-groups/linked-marks.ts'
import { SubtleButton } from '#src/pages/parts/button.tsx'
import { Hint } from '#src/pages/parts/hint.tsx'
import { texts } from '#src/texts/texts.ts'
import styles from './covered-groups.module.css'

/** Selected groups that a linked or selected parent already covers. */
interface Coverage {
  readonly first: Group
  /** Full name of what covers it. */
  readonly by: string
  /** How many there are, with the first. */
  readonly count: number
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
  const first = selected.find((group) => coveredBy(group) !== undefined)
  if (!first) return undefined
  const others = selected.filter((group) => coveredBy(group) === undefined)
  return { first, by: coveredBy(first) ?? '', count: selected.length - others.length, others }
}

/** @returns what there is to say about covered groups, in the language that the page speaks at the moment */
export function remarkOn(coverage: Coverage | undefined): string | undefined {
  if (!coverage) return undefined
  const { first, by, count } = coverage
  return count === 1
    ? texts.linkGroups.coveredOne({ name: first.fullName, by })
    : texts.linkGroups.covered({ count })
}

interface CoveredGroupsProps {
  readonly coverage: Coverage
  /** Called with the rest of the selection. */
  readonly onDeselect: (others: readonly Group[]) => void
}

/** Says which selected groups are redundant, and deselects them on request. */
export function CoveredGroups({ coverage, onDeselect }: CoveredGroupsProps) {
  const { first, count, others } = coverage
  const hasNamesake = others.some(({ name }) => name === first.name)
  return (
    <Hint role="note">
      {remarkOn(coverage)}{' '}
      <span className={styles.leaveOut}>
        <SubtleButton onClick={() => onDeselect(others)}>
          {count === 1
            ? texts.linkGroups.leaveOutOne({ name: hasNamesake ? first.fullName : first.name })
            : texts.linkGroups.leaveOut}
        </SubtleButton>
      </span>
    </Hint>
  )
}
