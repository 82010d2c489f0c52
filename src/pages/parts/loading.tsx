import styles from './loading.module.css'

/** Stands in the place of what is still loading. */
export function Skeleton({ shape }: { shape: 'avatar' | 'field' | 'name' | 'path' | 'tools' }) {
  return <span className={styles.skeleton} data-shape={shape} aria-hidden="true" />
}

/** As tall as a heading and a field. */
export function LoadingLinking() {
  return (
    <div className={styles.linking} aria-hidden="true">
      <Skeleton shape="name" />
      <Skeleton shape="field" />
    </div>
  )
}
