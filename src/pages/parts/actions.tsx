import type { ReactNode } from 'react'
import styles from './actions.module.css'

/** A row of buttons below what they act on. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>
}
