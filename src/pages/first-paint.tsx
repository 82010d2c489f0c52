import messages from '#src/texts/messages/en.json'
import { FirstListTemplate } from './linked-groups/first-list/first-list-template.tsx'
import styles from './loading-page.module.css'
import { LoadingPage } from './loading-page.tsx'
import { PageHeader } from './page-header.tsx'

/**
 * What is in the page's HTML until React replaces it: see `server/vite/first-paint.ts`. As tall as what React shows first.
 * If the page can't start, it says so after a while, without any script; in a browser that is too old, at once. Its words
 * are English, which only these two show where the page is expected to speak another language.
 */
export function firstPaint() {
  const { slow, tooOld } = messages.firstPaint
  return (
    <main lang="en" className={styles.inEnglish}>
      <PageHeader>
        <span className={styles.menu} />
      </PageHeader>
      <div popover="manual" className={styles.tooOld} data-too-old>
        <h2>{tooOld.title}</h2>
        <p>{tooOld.body}</p>
        <p hidden>{tooOld.missing}</p>
      </div>
      <LoadingPage />
      <FirstListTemplate />
      <p className={styles.slow}>{slow}</p>
    </main>
  )
}
