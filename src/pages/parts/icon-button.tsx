import type { ComponentProps } from 'react'
import styles from './icon-button.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'className' | 'aria-label'> {
  readonly label: string
}

/** A small button that shows an icon instead of its label. */
export function IconButton({ label, ...props }: IconButtonProps) {
  return <button type="button" className={styles.button} aria-label={label} {...props} />
}
