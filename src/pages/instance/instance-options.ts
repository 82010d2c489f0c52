import type { Deployment } from '#src/deployment/deployment.ts'
import type { InstanceUrl } from '#src/gitlab/instance/instance-url.ts'

/** Stands for an instance whose URL is typed. */
export const TYPED = 'typed'

export type InstanceOption = InstanceUrl | typeof TYPED

/** What is selected and typed. Empty until someone changes something. */
export interface InstanceDraft {
  readonly selected?: InstanceOption
  readonly typed?: string
  /** Whether the whole path of what is typed belongs to the instance, even if it looks like that of a group. */
  readonly isWhole?: boolean
}

/**
 * @param app the instance that serves the page, which is always allowed
 * @param current the instance in use: to keep it is no change, even if the deployment no longer allows it
 * @returns what the administrator selects from, each once
 */
export function selectableInstances(
  { instances }: Deployment,
  app: InstanceUrl,
  current: InstanceUrl,
): readonly InstanceOption[] {
  if (instances === 'any') return [app, TYPED]
  return [...new Set([app, ...(instances === 'none' ? [] : instances), current])]
}

/**
 * @returns the draft with what is most likely wanted in place of what is missing, or isn't among the options: the instance
 *   in use, or the only alternative to it
 */
export function completeDraft(
  { selected, typed, isWhole }: InstanceDraft,
  options: readonly InstanceOption[],
  app: InstanceUrl,
  current: InstanceUrl,
): Required<InstanceDraft> {
  return {
    selected: selected && options.includes(selected) ? selected : options.includes(TYPED) ? TYPED : current,
    typed: typed ?? (current === app ? '' : current),
    isWhole: isWhole ?? typed === undefined,
  }
}
