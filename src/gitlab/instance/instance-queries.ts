import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { mightHaveTakenEffect, UnexpectedResponseError } from '#src/gitlab/client/errors.ts'
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

/**
 * Saves the selected instance, and drops what was read from the previous one. If the response was lost, what the server says
 * is in use tells whether another one was saved.
 */
export function saveInstanceOptions(backend: Backend, before: InstanceUrl) {
  return mutationOptions({
    async mutationFn(instance: InstanceUrl) {
      try {
        return await backend.saveInstance(instance)
      } catch (error) {
        const isUnknown = mightHaveTakenEffect(error) || error instanceof UnexpectedResponseError
        // If it was in use before, that it is now proves nothing.
        if (!isUnknown || instance === before) throw error
        const inUse = await backend.readInstance().catch(() => before)
        if (inUse !== instance) throw error
        return instance
      }
    },
    onSuccess: (saved, _instance, _result, { client }) => {
      client.setQueryData(instanceOptions(backend).queryKey, saved)
      if (saved !== before) client.removeQueries({ queryKey: instanceKey(before) })
    },
    onError: (_error, _instance, _result, { client }) => {
      // If the response got lost, only the server knows what it saved.
      void client.invalidateQueries({ queryKey: instanceOptions(backend).queryKey })
    },
  })
}
