import type { ComponentProps } from 'react'
import styles from './icon-button.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'className'> {
  readonly 'aria-label': string
}

/** A small button that shows an icon instead of its name. */
export function IconButton(props: IconButtonProps) {
  return <button type="button" className={styles.button} {...props} />
}
