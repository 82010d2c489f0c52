import { QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createQueryClient } from '#src/app/query-client.ts'
import { createConnectBackend } from '#src/gitlab/installation/connect-backend.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { APP_URL, startWorld } from '#src/testing/world.ts'
import { showAndRead } from './catching-up-queries.ts'
import { linkedGroupsOptions, showUnlinked } from './linked-group-queries.ts'

const LIST = 'GET /-/jira_connect/subscriptions.json'
/** A busy machine is no reason to fail. */
const PATIENCE = 30_000

/** The list as the page has it on the screen, with one group that has just been unlinked, unnoticed by some databases. */
async function unlinkedOne() {
  const world = await startWorld({ instance: 'gitlab' })
  const instance = parseInstanceUrl(world.instance.publicUrl)
  const backend = createConnectBackend(parseInstanceUrl(APP_URL), async () => world.jira.contextToken())
  const client = createQueryClient()
  const list = linkedGroupsOptions(backend, instance)
  const before = await client.fetchQuery(list)
  let stale: string | undefined
  world.answer(
    LIST,
    async (next) => {
      stale = await (await next()).text()
      return new Response(stale)
    },
    1,
  )
  await backend.listLinkedGroups(instance)
  onTestFinished(new QueryObserver(client, list).subscribe(() => undefined))
  onTestFinished(() => {
    client.clear()
    vi.useRealTimers()
  })
  const [group] = before
  if (!group?.subscriptionId) throw new Error('No group is linked.')
  await backend.unlinkGroup(instance, group.subscriptionId)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const shown = () => client.getQueryData(list.queryKey)?.length
  const reading = () =>
    showAndRead(client, list.queryKey, {
      groups: [group],
      isSaid: (one, linked) => linked.every(({ subscriptionId }) => subscriptionId !== one.subscriptionId),
      show: (groups) => showUnlinked(client, backend, instance, groups),
    })
  const lag = (times: number) => world.answer(LIST, () => new Response(stale), times)
  return { world, lag, shown, reading }
}

test('what GitLab confirmed stays shown while a list that is behind denies it', async () => {
  const { world, lag, shown, reading } = await unlinkedOne()
  lag(1)
  const asked = world.asked(LIST).length
  const read = reading()
  await vi.waitFor(() => expect(world.asked(LIST)).toHaveLength(asked + 1), PATIENCE)
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), PATIENCE)
  expect(shown()).toBe(2)
  await vi.advanceTimersByTimeAsync(2_000)
  await read
  expect(shown()).toBe(2)
  expect(world.asked(LIST)).toHaveLength(asked + 2)
})

test('a list that goes on denying it is right in the end', async () => {
  const { lag, shown, reading } = await unlinkedOne()
  lag(3)
  let isOver = false
  void reading().then(() => {
    isOver = true
  })
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(10_000)
    expect(isOver).toBe(true)
  }, PATIENCE)
  expect(shown()).toBe(3)
})
