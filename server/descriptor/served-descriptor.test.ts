import { expect, test } from 'vitest'
import { servedDescriptor } from './served-descriptor.ts'

const gitlabUrl = 'https://gitlab.acme.example/gitlab'
const appUrl = 'https://dev.acme.example/gitlab'
const answering = (answer: () => Response) => async (request: Request) => {
  expect(request.url).toBe('https://gitlab.acme.example/gitlab/-/jira_connect/app_descriptor.json')
  return answer()
}

test('takes over what the GitLab serves, and replaces only its URLs', async () => {
  const served = {
    key: 'gitlab-jira-connect-gitlab.acme.example',
    name: 'GitLab for Jira (gitlab.acme.example)',
    baseUrl: 'https://gitlab.acme.example/gitlab/-/jira_connect',
    vendor: { name: 'GitLab', url: 'https://about.gitlab.com/' },
    modules: {
      somethingNew: [
        {
          templateUrl: 'https://gitlab.acme.example/gitlab/-/jira_connect/branches/new?key={issue.key}',
          logoUrl: 'https://gitlab.acme.example/gitlab/assets/logo.png',
          lookalike: 'https://gitlab.acme.example/gitlab/-/jira_connected',
          weight: 7,
          optional: null,
        },
      ],
    },
  }

  const descriptor = await servedDescriptor(
    gitlabUrl,
    appUrl,
    answering(() => Response.json(served)),
  )

  const [module] = served.modules.somethingNew
  expect(descriptor).toEqual({
    ...served,
    baseUrl: 'https://dev.acme.example/gitlab/-/jira_connect',
    modules: {
      somethingNew: [
        {
          ...module,
          templateUrl: 'https://dev.acme.example/gitlab/-/jira_connect/branches/new?key={issue.key}',
        },
      ],
    },
  })
})

test.each([
  ['nothing there', () => new Response('Not found', { status: 404 })],
  ['a redirect to the sign-in page', () => new Response(null, { status: 302, headers: { location: '/' } })],
  ['a page', () => new Response('<!doctype html>')],
  ['something else', () => Response.json({ key: 'x' })],
])('serves none: %s', async (_, answer) => {
  expect(await servedDescriptor(gitlabUrl, appUrl, answering(answer))).toBeUndefined()
})

test('if the GitLab can’t be reached, the error says why', async () => {
  const network = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('…'), { code: 'ENOTFOUND' }) })
  }
  await expect(servedDescriptor(gitlabUrl, appUrl, network)).rejects.toThrow(
    "GITLAB_URL can't be reached at https://gitlab.acme.example/gitlab: ENOTFOUND.",
  )
})
