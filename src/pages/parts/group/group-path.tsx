import styles from './group-path.module.css'
import { isLong, partsOf, SEPARATOR } from './path-parts.ts'

interface GroupPathProps {
  /** Names of the ancestors and of the group, joined by ` / `, or their paths, joined by `/`. */
  readonly path: string
}

/**
 * Where a group is, on one line. If it doesn't fit, the middle goes: the end is what tells two groups of the same name
 * apart, and the beginning whose they are.
 */
export function GroupPath({ path }: GroupPathProps) {
  const { beginning, end } = partsOf(path)
  return (
    <bdi className={styles.path} data-field="path" data-long={isLong(path)} title={path}>
      {beginning && <span className={styles.beginning}>{beginning}</span>}
      <span className={styles.end}>{end}</span>
    </bdi>
  )
}

/** @returns the path without the group itself; undefined at the top level */
export function parentName(fullName: string): string | undefined {
  const end = fullName.lastIndexOf(SEPARATOR)
  return end < 0 ? undefined : fullName.slice(0, end)
}
