import type { GitLabTooOldError } from './check/connection-check.ts'
import type {
  ApplicationIdMissingError,
  GitLabApiError,
  GitLabUnreachableError,
  UnexpectedResponseError,
} from './client/errors.ts'

/**
 * The code of every failure that requests to GitLab and the connection check can end with. What is wrong with an
 * instance URL has codes of its own: `InstanceUrlProblem`.
 */
export type GitLabFailureCode = (
  | GitLabApiError
  | GitLabUnreachableError
  | UnexpectedResponseError
  | ApplicationIdMissingError
  | GitLabTooOldError
)['code']
