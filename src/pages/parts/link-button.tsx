import type { ComponentProps } from 'react'
import styles from './link-button.module.css'

type LinkButtonProps = Omit<ComponentProps<'button'>, 'type'>

/**
 * A button that looks like a link.
 * @param className only for its place in the layout: which of two classes wins would depend on the order of loading
 */
export function LinkButton({ className = '', ...props }: LinkButtonProps) {
  return <button type="button" className={`${styles.linkButton} ${className}`.trim()} {...props} />
}
