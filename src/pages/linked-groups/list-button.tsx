import type { ComponentProps } from 'react'
import styles from './list-button.module.css'

type ListButtonProps = Omit<ComponentProps<'button'>, 'type' | 'className'>

/** A small button without a border. A list may show 1,000 of them, too many for Atlaskit's. */
export function ListButton(props: ListButtonProps) {
  return <button type="button" className={styles.button} {...props} />
}
