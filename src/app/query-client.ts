import { QueryClient } from '@tanstack/react-query'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'

/** How long an answer counts as fresh, so that coming back to a part of the page does not ask again. */
const FRESH_MS = 30_000

/** Reading is tried once more where GitLab itself stumbled; writing never is. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) =>
          failures < 1 && error instanceof GitLabApiError && error.code === 'gitlab-broken',
        refetchOnWindowFocus: false,
        // A browser that believes itself offline still reaches a GitLab in its own network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}
