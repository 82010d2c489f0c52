import type { ComponentProps } from 'react'
import styles from './subtle-button.module.css'

type SubtleButtonProps = Omit<ComponentProps<'button'>, 'type' | 'className'>

/** A small button without a border, in lists (1,000 of Atlaskit’s would be too many) and in texts. */
export function SubtleButton(props: SubtleButtonProps) {
  return <button type="button" className={styles.button} {...props} />
}
