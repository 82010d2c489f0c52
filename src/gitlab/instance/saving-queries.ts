import type { QueryClient } from '@tanstack/react-query'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import {
  mightHaveTakenEffect,
  UnexpectedResponseError,
  UnknownOutcomeError,
} from '#src/gitlab/client/errors.ts'
import type { Backend } from '#src/gitlab/installation/backend.ts'
import { instanceKey } from './instance-key.ts'
import { instanceOptions } from './instance-queries.ts'
import type { InstanceUrl } from './instance-url.ts'

/** How long to look for what became of a save: the user has been waiting for its response already. */
const LOOK_MS = 8_000

/**
 * Saves the selected instance, and goes on with it. If GitLab neither confirms nor refuses it, the
 * page looks for what became of it: if that can't be known, it ends with an {@link UnknownOutcomeError}.
 * @param before the instance in use; saving it again gives it the current secret of this Jira site
 */
export function saveInstanceOptions(backend: Backend, before: InstanceUrl) {
  return mutationOptions({
    async mutationFn(instance: InstanceUrl) {
      // Beside the save, which isn't to wait for it. If it arrives after the save, it only proves less.
      const wasRefused = instance === backend.app ? undefined : backend.isSiteRefused(instance)
      try {
        return await backend.saveInstance(instance)
      } catch (error) {
        if (!mightHaveTakenEffect(error) && !(error instanceof UnexpectedResponseError)) throw error
        const isSaved = await wasSaved(backend, instance, wasRefused).catch(() => undefined)
        if (isSaved === undefined)
          throw new UnknownOutcomeError(error, instance === before ? 'instance-in-use' : 'instance')
        if (!isSaved) throw error
        return instance
      }
    },
    onSuccess: (saved, _instance, _result, { client }) => switchInstance(client, backend, before, saved),
    onError: (error, _instance, _result, { client }) => {
      // What is in use at this moment might be taken back.
      if (error instanceof UnknownOutcomeError) return
      // If it was changed elsewhere, the page says so, and keeps what is selected. What it couldn't read, it reads again.
      const { queryKey } = instanceOptions(backend)
      if (client.getQueryData(queryKey) === undefined) void client.invalidateQueries({ queryKey })
      else void client.prefetchQuery({ ...instanceNowOptions(backend, before), staleTime: 0 })
    },
  })
}

/** Goes on with the instance that this Jira site uses now, and drops what was read from the one before. */
export function switchInstance(
  client: QueryClient,
  backend: Backend,
  before: InstanceUrl,
  now: InstanceUrl,
): void {
  client.setQueryData(instanceOptions(backend).queryKey, now)
  if (now !== before) client.removeQueries({ queryKey: instanceKey(before) })
}

/**
 * Which instance this Jira site uses by now, while the page works with one: it might have been changed elsewhere. Read on
 * request, and when the user comes back to the page.
 */
export function instanceNowOptions(backend: Backend, instance: InstanceUrl) {
  return queryOptions({
    queryKey: instanceKey(instance, 'instance-now'),
    queryFn: ({ signal }) => backend.readInstance(signal),
    initialData: instance,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: 'always',
  })
}

/**
 * GitLab saves the URL of an instance before it asks that instance, and takes it back if that fails. So that the URL is
 * saved proves nothing yet: only an instance that has heard of this Jira site has a list of its groups. One that knew the
 * site from earlier has a list, too, even while GitLab can't reach it.
 * @param wasRefused whether the instance refused this Jira site when saving began; undefined for the one that serves the
 *   page, which GitLab doesn't have to ask
 * @returns whether the instance was saved, and stays; undefined if GitLab might still take it back
 * @throws what reading throws: GitLab can't be asked
 */
async function wasSaved(
  backend: Backend,
  instance: InstanceUrl,
  wasRefused: Promise<boolean> | undefined,
): Promise<boolean | undefined> {
  const signal = AbortSignal.timeout(LOOK_MS)
  if ((await backend.readInstance(signal)) !== instance) return false
  if (!wasRefused) return true
  await backend.listLinkedGroups(instance, signal)
  // By now it has responded, or never will.
  return (await Promise.race([wasRefused, undefined])) || undefined
}
