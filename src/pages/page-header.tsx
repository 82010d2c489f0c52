import type { ReactNode, Ref } from 'react'
import { texts } from '#src/texts/texts.ts'
import styles from './page-header.module.css'
import { AppIcon } from './parts/icons.tsx'

interface PageHeaderProps {
  readonly titleId?: string
  readonly title?: Ref<HTMLHeadingElement>
  readonly children: ReactNode
}

/** The page's title and purpose, with its menu. */
export function PageHeader({ titleId, title, children }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <AppIcon />
        <h1 id={titleId} ref={title} tabIndex={-1}>
          {texts.appName}
        </h1>
      </div>
      <p>{texts.appPurpose}</p>
      <div className={styles.menu}>{children}</div>
    </header>
  )
}
