import { texts } from '#src/texts/texts.ts'
import { LoadingRows } from './linked-groups/loading-rows.tsx'
import styles from './loading-page.module.css'
import { LoadingLinking, Skeleton } from './parts/loading.tsx'
import { LoadingInstanceBar } from './sign-in/instance-bar.tsx'

/** Placeholder for the page while nothing is known yet. */
export function LoadingPage() {
  return (
    <div role="status" aria-label={texts.loading}>
      <LoadingInstanceBar />
      <LoadingLinking />
      <div className={styles.title} aria-hidden="true">
        <Skeleton shape="name" />
      </div>
      <LoadingRows />
    </div>
  )
}
