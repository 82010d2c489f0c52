import type { ReactNode } from 'react'
import styles from './lozenge.module.css'

interface LozengeProps {
  readonly appearance?: 'default' | 'success' | 'selected'
  readonly children: ReactNode
}

/** The state of the item next to it, in a word or two. */
export function Lozenge({ appearance = 'default', children }: LozengeProps) {
  return (
    <span className={styles.lozenge} data-appearance={appearance}>
      {children}
    </span>
  )
}
