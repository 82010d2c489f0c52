import type { ReactNode } from 'react'
import styles from './hint.module.css'

interface HintProps {
  readonly id?: string
  readonly role?: 'note'
  readonly children?: ReactNode
}

/** A paragraph in small print. */
export function Hint(props: HintProps) {
  return <p className={styles.hint} {...props} />
}
