import type { InstanceUrl } from './instance-url.ts'

/** @returns the key of a query that reads from an instance; without `rest`, what all of them begin with */
export function instanceKey<const Rest extends readonly unknown[]>(instance: InstanceUrl, ...rest: Rest) {
  return ['from-instance', instance, ...rest] as const
}
