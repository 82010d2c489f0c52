import type { ReactNode } from 'react'
import styles from './loading.module.css'

/** Placeholder for something that is still loading. */
export function Skeleton({ shape }: { shape: 'avatar' | 'field' | 'name' | 'path' }) {
  return <span className={styles.skeleton} data-shape={shape} aria-hidden="true" />
}

/** Placeholder for a heading and a field, with room for a text between them. */
export function LoadingLinking({ children }: { children?: ReactNode }) {
  return (
    <div className={styles.linking} aria-hidden="true">
      <Skeleton shape="name" />
      {children !== undefined && <p>{children}</p>}
      <Skeleton shape="field" />
    </div>
  )
}
