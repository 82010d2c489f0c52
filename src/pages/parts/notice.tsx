import type { ReactNode } from 'react'
import { texts } from '#src/texts/texts.ts'
import { IconButton } from './icon-button.tsx'
import { CrossIcon, SuccessIcon } from './icons.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly children: ReactNode
  /** Undefined if it goes by itself. */
  readonly onClose?: (() => void) | undefined
}

/** Says that something is done, where it was done. Announce it, too: it isn't an alert. */
export function Notice({ children, onClose }: NoticeProps) {
  return (
    <div className={styles.notice}>
      <SuccessIcon />
      <div>{children}</div>
      {onClose && (
        <IconButton aria-label={texts.close} onClick={onClose}>
          <CrossIcon />
        </IconButton>
      )}
    </div>
  )
}
