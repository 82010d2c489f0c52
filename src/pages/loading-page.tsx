import type { ReactNode } from 'react'
import { texts } from '#src/texts/texts.ts'
import { LoadingRows } from './linked-groups/loading-rows.tsx'
import styles from './loading-page.module.css'
import { LoadingLinking, Skeleton } from './parts/loading.tsx'
import { LoadingInstanceBar } from './sign-in/instance-bar.tsx'

/**
 * Placeholder for the page while nothing is known yet.
 * @param reason why to sign in, in the page's language by default; it isn't shown, but takes as many lines as it will
 */
export function LoadingPage({ reason = texts.signIn.reason }: { reason?: ReactNode }) {
  return (
    <div role="status" aria-label={texts.loading}>
      <LoadingInstanceBar />
      <LoadingLinking>{reason}</LoadingLinking>
      <div className={styles.title} aria-hidden="true">
        <Skeleton shape="name" />
      </div>
      <LoadingRows />
    </div>
  )
}
