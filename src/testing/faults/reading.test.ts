import { configOptions } from '#src/deployment/config.ts'
import { clientIdOptions, instanceOptions } from '#src/gitlab/instance/instance-queries.ts'
import { readVersion } from '#src/gitlab/instance/version.ts'
import { linkedGroupsOptions } from '#src/gitlab/linked-groups/linked-group-queries.ts'
import { fakeTime, matrixOf, searchGroups, signIn } from './fault-matrix.ts'
import { testFaultTable } from './fault-table.ts'

fakeTime()

const matrix = matrixOf({
  'reading config.json': {
    request: 'GET /-/jira_connect/config.json',
    sameOrigin: true,
    run: ({ client }) => client.fetchQuery({ ...configOptions, staleTime: 0 }),
    succeedsIn: { '404': 'no such file means the defaults' },
  },
  'reading the instance': {
    request: 'GET /-/jira_connect/installations',
    sameOrigin: true,
    run: ({ client, backend }) => client.fetchQuery({ ...instanceOptions(backend), staleTime: 0 }),
  },
  'reading the application id': {
    request: 'GET /-/jira_connect/oauth_application_id',
    run: ({ client, instance }) =>
      client.fetchQuery({ ...clientIdOptions(instance, undefined), staleTime: 0 }),
  },
  'reading the user': { request: 'GET /api/v4/user', run: signIn },
  'reading the version': {
    request: 'GET /api/v4/version',
    signedIn: true,
    run: ({ instance, session }) => readVersion(instance, session.authorizedFetch),
  },
  'searching groups': {
    request: 'GET /api/v4/groups',
    signedIn: true,
    run: searchGroups,
  },
  'listing linked groups': {
    request: 'GET /-/jira_connect/subscriptions.json',
    run: ({ client, backend, instance }) =>
      client.fetchQuery({ ...linkedGroupsOptions(backend, instance), staleTime: 0 }),
  },
})

testFaultTable({
  ...matrix,
  page: 'reading',
  title: 'Faults while the page reads',
  explanation:
    'Each request by which the page reads something, under each fault. In every cell, the failure has ' +
    'the name given here (its words are in `src/texts/failures.ts`), the request is sent at most twice, ' +
    'what was there before stays, and reading works once the fault is gone. A response from the page’s ' +
    'own origin needs no CORS headers, so "CORS refused" can’t happen there.',
  inFull: ['reading the user'],
})
