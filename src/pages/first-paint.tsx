import english from '#src/texts/messages/en.json'
import { FirstListTemplate } from './linked-groups/first-list/first-list-template.tsx'
import styles from './loading-page.module.css'
import { LoadingPage } from './loading-page.tsx'
import { PageHeader } from './page-header.tsx'
import { Button } from './parts/button.tsx'

type Messages = typeof english

/** The messages of every language, by their files. */
const CATALOGS = import.meta.glob<Messages>('../texts/messages/*.json', { eager: true, import: 'default' })

/**
 * What is in the page's HTML until React replaces it: see `server/vite/first-paint.ts`. As tall as what React shows first:
 * the words that decide how many lines there are, shown or not, are in it in every language. If the page can't start, it
 * says so after a while, without any script; in a browser that is too old, at once. Both are in English.
 *
 * It is hidden until the style sheet is there, which shows it: in a frame, Chromium would lay out all these words without
 * styles, with a font for each script, while the style sheet is on its way.
 */
export function firstPaint() {
  const { slow, tooOld } = english.firstPaint
  return (
    <main lang="en" className={styles.placeholder} aria-labelledby="title" hidden>
      <PageHeader
        titleId="title"
        purpose={<Words of={({ page }) => page.appPurpose} />}
        documentation={
          <span className={styles.link}>
            <Words of={({ page }) => page.details.documentation} />
          </span>
        }
      >
        <Button appearance="subtle" spacing="compact">
          <Words of={({ page }) => page.check.button} />
        </Button>
        <Button appearance="subtle" spacing="compact">
          <Words of={({ page }) => page.details.copy} />
        </Button>
      </PageHeader>
      <div popover="manual" className={styles.tooOld} data-too-old>
        <h2>{tooOld.title}</h2>
        <p>{tooOld.body}</p>
        <p hidden>{tooOld.missing}</p>
      </div>
      <LoadingPage reason={<Words of={({ page }) => page.signIn.reason} />} />
      <FirstListTemplate />
      <p className={styles.slow}>{slow}</p>
    </main>
  )
}

/** A text in every language. The style sheet shows the one that the document is in. */
function Words({ of }: { of: (messages: Messages) => string }) {
  return Object.entries(CATALOGS).map(([file, messages]) => (
    <span key={file} className={styles.words} lang={file.replace(/^.*\/|\.json$/g, '')}>
      {of(messages)}
    </span>
  ))
}
