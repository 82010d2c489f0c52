import { mutationOptions, queryOptions } from '@tanstack/react-query'
import {
  mightHaveTakenEffect,
  UnexpectedResponseError,
  UnknownOutcomeError,
} from '#src/gitlab/client/errors.ts'
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

/** How long to look for what became of a save: the user has been waiting for its response already. */
const LOOK_MS = 8_000

/**
 * Saves the selected instance, and drops what was read from the previous one. If GitLab neither confirms nor refuses it, the
 * page looks for what became of it: if that can't be known, it ends with an {@link UnknownOutcomeError}.
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
        if (!(await wasSaved(backend, instance, error))) throw error
        return instance
      }
    },
    onSuccess: (saved, _instance, _result, { client }) => {
      client.setQueryData(instanceOptions(backend).queryKey, saved)
      if (saved !== before) client.removeQueries({ queryKey: instanceKey(before) })
    },
    onError: (error, _instance, _result, { client }) => {
      // What is in use at this moment might be taken back.
      if (error instanceof UnknownOutcomeError) return
      void client.invalidateQueries({ queryKey: instanceOptions(backend).queryKey })
    },
  })
}

/**
 * GitLab saves the URL of an instance before it asks that instance, and takes it back if that fails. So that the URL is
 * saved proves nothing yet: only an instance that knows this Jira site has a list of its groups. An instance that knew the
 * site from earlier has one, too, even while GitLab can't reach it; the page can't tell these apart.
 * @param failure what saving ended with
 * @returns whether another instance was saved, or is still in use
 * @throws {UnknownOutcomeError} GitLab might still take the instance back, or can't be asked
 */
async function wasSaved(backend: Backend, instance: InstanceUrl, failure: unknown): Promise<boolean> {
  const signal = AbortSignal.timeout(LOOK_MS)
  try {
    if ((await backend.readInstance(signal)) !== instance) return false
    if (instance !== backend.app) await backend.listLinkedGroups(instance, signal)
    return true
  } catch {
    throw new UnknownOutcomeError(failure, 'instance')
  }
}
