import type { BulkRun } from '#src/gitlab/bulk/run-state.ts'
import { saveInstanceOptions } from '#src/gitlab/instance/saving-queries.ts'
import type { Group } from '#src/gitlab/linkable-groups/linkable-groups.ts'
import { unlinkGroupOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { startLinking } from '#src/pages/bulk/start-run.ts'
import { fakeTime, firstSubscriptionId, matrixOf, mutate, searchGroups, signIn } from './fault-matrix.ts'
import { testFaultTable } from './fault-table.ts'
import { faults } from './faults.ts'

const group: Group = {
  id: 34,
  parentId: 1,
  name: 'Data',
  fullName: 'Acme Corp / Data',
  fullPath: 'acme/data',
  avatarUrl: undefined,
}

/** @throws what the run's one item failed with */
function ended(run: BulkRun<Group>): Promise<void> {
  return new Promise((resolve, reject) => {
    function look(): void {
      const { isAtRest, results } = run.getState()
      const result = results.get(group)
      if (!isAtRest) return
      if (result?.status === 'failed') reject(result.error)
      else resolve()
    }
    run.subscribe(look)
    look()
  })
}

/** Faults that keep only the response from the page: GitLab has done it. */
const doneAllTheSame = { 'CORS refused': 'succeeds, as the list shows' }

fakeTime()

const matrix = matrixOf({
  'saving the instance': {
    request: 'PUT /-/jira_connect/installations',
    sameOrigin: true,
    writes: true,
    run: ({ client, backend, instance }) => mutate(client, saveInstanceOptions(backend, instance), instance),
  },
  'exchanging the code': { request: 'POST /oauth/token', writes: true, run: signIn },
  'refreshing the tokens': {
    request: 'POST /oauth/token',
    writes: true,
    signedIn: true,
    prepare: async ({ world }) => world.gitlab.store.expireAccessTokens(),
    run: searchGroups,
  },
  'revoking the token': {
    request: 'POST /oauth/revoke',
    writes: true,
    signedIn: true,
    run: ({ session }) => session.signOut(),
    succeedsIn: Object.fromEntries(faults.map(({ name }) => [name, 'signing out does not depend on it'])),
  },
  'linking a group': {
    request: 'POST /api/v4/integrations/jira_connect/subscriptions',
    writes: true,
    signedIn: true,
    succeedsIn: doneAllTheSame,
    run: ({ backend, instance, session }) =>
      ended(
        startLinking([group], {
          backend,
          instance,
          authorizedFetch: session.authorizedFetch,
          concurrency: 4,
          onListRead: () => undefined,
        }),
      ),
  },
  'unlinking a group': {
    request: 'DELETE /-/jira_connect/subscriptions/:id',
    writes: true,
    tokenInHeader: true,
    succeedsIn: doneAllTheSame,
    run: ({ client, backend, instance, world }) =>
      mutate(client, unlinkGroupOptions(backend, instance), firstSubscriptionId(world)),
  },
})

testFaultTable({
  ...matrix,
  page: 'writing',
  title: 'Faults while the page writes',
  explanation:
    'Each request by which the page changes something, under each fault. In every cell, nothing is sent twice unless its ' +
    'token was refused, and the list of linked groups stays. Linking and unlinking one group succeed where the list shows ' +
    'that GitLab has done it, whatever became of the response; signing out never depends on the response to the ' +
    'revocation. In every other cell, the failure has the name given here, and the same action works once the fault is gone.',
})
