import type { ReactNode } from 'react'
import { texts } from '#src/texts/texts.ts'
import { IconButton } from './icon-button.tsx'
import { CrossIcon, SuccessIcon, WarningIcon } from './icons.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly appearance?: 'success' | 'warning'
  /** Announces it when it appears; otherwise announce it yourself. */
  readonly role?: 'alert' | undefined
  readonly children: ReactNode
  /** Undefined if it goes by itself. */
  readonly onClose?: (() => void) | undefined
}

/** Says that something is done, where it was done, or that something has changed meanwhile. */
export function Notice({ appearance = 'success', role, children, onClose }: NoticeProps) {
  return (
    <div className={styles.notice} data-appearance={appearance} role={role}>
      {appearance === 'success' ? <SuccessIcon /> : <WarningIcon />}
      <div>{children}</div>
      {onClose && (
        <IconButton aria-label={texts.close} onClick={onClose}>
          <CrossIcon />
        </IconButton>
      )}
    </div>
  )
}
