import type { ReactNode, RefObject, SyntheticEvent } from 'react'
import { useState } from 'react'
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
    <Tip words={outcome ?? label} isBesideValue={!isQuiet} {...leaving}>
      <IconButton aria-label={label} data-quiet={isQuiet} onClick={() => void copy(text, shown.current)}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
      </IconButton>
    </Tip>
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
    <Tip words={outcome} {...leaving}>
      <Button
        appearance="subtle"
        spacing={isCompact ? 'compact' : 'default'}
        disabled={isDisabled}
        onClick={() => void copy(text(), null)}
      >
        {children}
      </Button>
    </Tip>
  )
}

interface TipProps extends Pick<ReturnType<typeof useCopying>['leaving'], 'onMouseLeave' | 'onBlur'> {
  readonly words: string | undefined
  readonly isBesideValue?: boolean
  readonly children: ReactNode
}

/** The name of what is in it, or the outcome, while the pointer or the focus is there. */
function Tip({ words, isBesideValue = false, children, ...leaving }: TipProps) {
  const [place, setPlace] = useState<string>()
  const show = ({ currentTarget }: SyntheticEvent) => setPlace(placeBeside(currentTarget, isBesideValue))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only shows the name of the button in it
    <span
      className={styles.copy}
      data-tip={words}
      data-place={place}
      onMouseEnter={show}
      onFocus={show}
      {...leaving}
    >
      {children}
    </span>
  )
}

/** As wide as a tip can be, and its distance. */
const TIP_PIXELS = 204

/** @returns where a tip hides least of what is to be read: beside a value, which mostly ends its line, or else below */
function placeBeside(element: Element, isBesideValue: boolean): string {
  const { left, right } = element.getBoundingClientRect()
  const { clientWidth } = document.documentElement
  if (isBesideValue && right + TIP_PIXELS < clientWidth) return 'end'
  const middle = (left + right) / 2
  if (middle < TIP_PIXELS / 2) return 'below-start'
  return middle + TIP_PIXELS / 2 > clientWidth ? 'below-end' : 'below'
}
