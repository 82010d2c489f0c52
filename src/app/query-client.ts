import { QueryClient } from '@tanstack/react-query'
import { GitLabApiError } from '#src/gitlab/client/errors.ts'

/** How long a response counts as fresh, so that returning to a part of the page doesn't request it again. */
const FRESH_MS = 30_000

/** Reading is tried once more after an error of GitLab's own; writing never is. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) =>
          failures < 1 && error instanceof GitLabApiError && error.code === 'gitlab-broken',
        refetchOnWindowFocus: false,
        // A browser that considers itself offline can still reach a GitLab in its own network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}
