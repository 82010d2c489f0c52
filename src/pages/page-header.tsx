import type { ReactNode, Ref } from 'react'
import { texts } from '#src/texts/texts.ts'
import styles from './page-header.module.css'
import { AppIcon } from './parts/icons.tsx'

interface PageHeaderProps {
  readonly titleId?: string
  readonly title?: Ref<HTMLHeadingElement>
  /** What the page is for, in the page's language by default. */
  readonly purpose?: ReactNode
  /** The link to read more about it. */
  readonly documentation: ReactNode
  readonly children: ReactNode
}

/** The page's title and purpose, with its menu. */
export function PageHeader(props: PageHeaderProps) {
  const { titleId, title, purpose = texts.appPurpose, documentation, children } = props
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <AppIcon />
        <h1 id={titleId} ref={title} tabIndex={-1}>
          {texts.appName}
        </h1>
      </div>
      <p>
        {purpose} {documentation}
      </p>
      <div className={styles.menu}>{children}</div>
    </header>
  )
}
