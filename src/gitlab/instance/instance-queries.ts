import { queryOptions } from '@tanstack/react-query'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { readApplicationId } from './application-id.ts'
import { instanceKey } from './instance-key.ts'
import type { InstanceUrl } from './instance-url.ts'

/** Which instance this Jira site uses. */
export function instanceOptions(backend: Backend) {
  return queryOptions({
    queryKey: ['instance'],
    queryFn: ({ signal }) => backend.readInstance(signal),
  })
}

/**
 * The client ID for signing in to an instance.
 * @param known the ID that the deployment names for its own instance, if any
 */
export function clientIdOptions(instance: InstanceUrl, known: string | undefined) {
  return queryOptions({
    queryKey: instanceKey(instance, 'client-id', known),
    queryFn: ({ signal }) => known ?? readApplicationId(instance, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
