import type { ComponentProps } from 'react'
import styles from './button.module.css'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'className'> {
  readonly appearance?: 'default' | 'primary' | 'subtle'
  readonly spacing?: 'default' | 'compact'
}

/** Looks like Atlaskit's in a twentieth of its code, for what the page opens with. What loads later uses Atlaskit's. */
export function Button({ appearance = 'default', spacing = 'default', ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      data-appearance={appearance}
      data-spacing={spacing}
      {...props}
    />
  )
}

/** A small button without a border, in lists (1,000 of Atlaskit’s would be too many) and in texts. */
export function SubtleButton(props: Omit<ButtonProps, 'appearance' | 'spacing'>) {
  return <button type="button" className={styles.small} {...props} />
}
