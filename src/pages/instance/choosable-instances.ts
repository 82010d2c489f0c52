import type { InstanceUrl } from '#src/gitlab/instance-url.ts'

/** Which instances the deployment lets administrators choose besides the one that serves the page. */
export type ChoosableInstances = 'none' | 'any' | readonly InstanceUrl[]
