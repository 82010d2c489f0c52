import styles from './group-path.module.css'

/** Shorter ones fit on one line wherever they are shown. */
const SHORT = 32
const SEPARATOR = ' / '

interface GroupPathProps {
  /** Names of the ancestors and of the group, joined by ` / `, or their paths, joined by `/`. */
  readonly path: string
}

/**
 * Where a group is, on one line. If it doesn't fit, the middle goes: the end is what tells two groups of the same name
 * apart, and the beginning whose they are.
 */
export function GroupPath({ path }: GroupPathProps) {
  const separator = path.includes(SEPARATOR) ? SEPARATOR : '/'
  const names = path.split(separator)
  const isShort = path.length <= SHORT || names.length < 3
  const end = isShort ? path : names.slice(-2).join(separator)
  return (
    <bdi className={styles.path} data-field="path" title={path}>
      {isShort ? (
        path
      ) : (
        <>
          <span className={styles.beginning}>{path.slice(0, -end.length)}</span>
          <span className={styles.end}>{end}</span>
        </>
      )}
    </bdi>
  )
}

/** @returns the path without the group itself; undefined at the top level */
export function parentName(fullName: string): string | undefined {
  const end = fullName.lastIndexOf(SEPARATOR)
  return end < 0 ? undefined : fullName.slice(0, end)
}
