import type { ReactNode } from 'react'
import styles from './lozenge.module.css'

interface LozengeProps {
  readonly appearance?: 'default' | 'success' | 'selected'
  readonly children: ReactNode
}

/** A word or two about the state of what stands beside it. */
export function Lozenge({ appearance = 'default', children }: LozengeProps) {
  return (
    <span className={styles.lozenge} data-appearance={appearance}>
      {children}
    </span>
  )
}
