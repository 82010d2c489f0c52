import type { RefObject } from 'react'
import { Button } from '../button.tsx'
import { IconButton } from '../icon-button.tsx'
import { CheckIcon, CopyIcon } from '../icons.tsx'
import styles from './copy-button.module.css'
import { useCopying } from './copying.ts'

interface CopyButtonProps {
  /** Its name, and its tooltip. */
  readonly label: string
  readonly text: string
  /** Where the text is shown; selected if the browser doesn't let the page copy. */
  readonly shown: RefObject<Element | null>
  /** Whether it waits for the pointer or the focus to be near: next to a link, where copying is rarely wanted. */
  readonly isQuiet?: boolean
}

/** A small icon that copies what is next to it. */
export function CopyButton({ label, text, shown, isQuiet = false }: CopyButtonProps) {
  const { copy, isCopied, outcome, leaving } = useCopying()
  return (
    <span className={styles.copy} data-tip={outcome ?? label} {...leaving}>
      <IconButton aria-label={label} data-quiet={isQuiet} onClick={() => void copy(text, shown.current)}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
      </IconButton>
    </span>
  )
}

interface CopyTextButtonProps {
  readonly children: string
  /** Called on a click. */
  readonly text: () => string
  readonly isCompact?: boolean
  readonly isDisabled?: boolean
}

/** A button with words that copies a text which isn't shown as a whole. */
export function CopyTextButton(props: CopyTextButtonProps) {
  const { children, text, isCompact = false, isDisabled = false } = props
  const { copy, outcome, leaving } = useCopying()
  return (
    <span className={styles.copy} data-tip={outcome} {...leaving}>
      <Button
        appearance="subtle"
        spacing={isCompact ? 'compact' : 'default'}
        disabled={isDisabled}
        onClick={() => void copy(text(), null)}
      >
        {children}
      </Button>
    </span>
  )
}
