import { outsideJiraTexts } from '#src/texts/en-outside-jira.ts'
import { FirstListTemplate } from './linked-groups/first-list/first-list-template.tsx'
import styles from './loading-page.module.css'
import { LoadingPage } from './loading-page.tsx'
import { PageHeader } from './page-header.tsx'

/**
 * What is in the page's HTML until React replaces it: see `server/vite/first-paint.ts`. As tall as what React shows first.
 * If the page can't start, it says so after a while, without any script.
 */
export function firstPaint() {
  return (
    <main>
      <PageHeader>
        <span className={styles.menu} />
      </PageHeader>
      <LoadingPage />
      <FirstListTemplate />
      <p className={styles.slow}>{outsideJiraTexts.slow}</p>
    </main>
  )
}
