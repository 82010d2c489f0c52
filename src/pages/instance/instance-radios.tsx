import { appNameOf } from '#src/deployment/deployment.ts'
import { displayName } from '#src/gitlab/instance/instance-url.ts'
import { usePageContext } from '#src/pages/context/page-context.ts'
import { texts } from '#src/texts/texts.ts'
import type { InstanceOption } from './instance-options.ts'
import { TYPED } from './instance-options.ts'
import styles from './instance-radios.module.css'

interface InstanceRadiosProps {
  readonly labelledBy: string
  readonly options: readonly InstanceOption[]
  readonly selected: InstanceOption
  readonly onSelect: (option: InstanceOption) => void
}

/** The instances to select from: the one that serves the page by its name, others by their host. */
export function InstanceRadios({ labelledBy, options, selected, onSelect }: InstanceRadiosProps) {
  const { backend, deployment } = usePageContext()

  function nameOf(option: InstanceOption): string {
    if (option === TYPED) return texts.chooseInstance.own
    return option === backend.app ? appNameOf(option, deployment) : displayName(option)
  }

  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className={styles.radios}>
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={labelledBy}
            checked={option === selected}
            onChange={() => onSelect(option)}
          />
          <bdi>{nameOf(option)}</bdi>
        </label>
      ))}
    </div>
  )
}
