import Button from '@atlaskit/button/new'
import type { ComponentProps } from 'react'
import { texts } from '#src/texts/texts.ts'
import styles from './busy-button.module.css'

interface BusyButtonProps extends Omit<ComponentProps<typeof Button>, 'isLoading'> {
  /** Whether what it does is under way. It keeps its place and the focus, but can't be used. */
  readonly isBusy: boolean
}

/** Atlaskit's button, which says that it is busy in the language of the page. Atlaskit's own word for it is English. */
export function BusyButton({ isBusy, children, ...props }: BusyButtonProps) {
  return (
    <span className={isBusy ? styles.busy : styles.button}>
      <Button {...props} isLoading={isBusy}>
        {children}
        {isBusy && <span className="visually-hidden"> {texts.loading}</span>}
      </Button>
    </span>
  )
}
