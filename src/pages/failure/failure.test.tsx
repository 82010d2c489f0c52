import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { GitLabApiError, GitLabUnreachableError, UnknownOutcomeError } from '#src/gitlab/client/errors.ts'
import { parseInstanceUrl } from '#src/gitlab/instance/instance-url.ts'
import { SignInError } from '#src/oauth/errors.ts'
import type { Failure as Words } from '#src/texts/failure-texts.ts'
import { failures } from '#src/texts/failures.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Failure } from './failure.tsx'

const facts = {
  instanceName: 'gitlab.example.com',
  instanceUrl: 'https://gitlab.example.com',
  appUrl: 'https://app.example.com',
  redirectUri: 'https://app.example.com/-/jira_connect/oauth_callbacks',
}

test('tells what happened, GitLab’s own words and what to do', () => {
  const error = new GitLabApiError(422, '/api', { message: 'The group is <b>archived</b>' })
  render(<Failure error={error} facts={facts} />)
  const failure = screen.getByRole('alert', { name: 'gitlab.example.com refused the request' })
  expect(failure).toHaveTextContent('GitLab said: The group is <b>archived</b>')
  expect(screen.getByText('The group is <b>archived</b>').tagName).toBe('Q')
  expect(screen.getAllByRole('listitem').length).toBeGreaterThan(0)
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

test('quotes nothing where GitLab gave no words', () => {
  render(<Failure error={new GitLabApiError(502, '/api', undefined)} facts={facts} />)
  expect(screen.getByRole('alert')).not.toHaveTextContent('GitLab said')
})

test.each([
  [
    'GitLab responded, but said nothing about it',
    new GitLabApiError(500, '/api', { message: '500 Internal Server Error' }),
  ],
  [
    'the browser can’t read responses to changes',
    new GitLabUnreachableError({ code: 'cors-refused', clue: 'only-writing' }, '/api'),
  ],
])('says once that the change might have been made, and claims no lost response: %s', (_how, error) => {
  render(<Failure error={new UnknownOutcomeError(error)} facts={facts} />)
  const failure = screen.getByRole('alert')
  expect(failure.textContent?.match(/might still have made/g)).toHaveLength(1)
  expect(failure).not.toHaveTextContent('didn’t arrive')
})

test.each([new Error('token=secret'), { code: 'popup-closed' }, 'text', undefined, withCode('toString')])(
  'says that something went wrong for what no one threw on purpose, and shows nothing of it: %s',
  (error) => {
    render(<Failure error={error} facts={facts} />)
    expect(screen.getByRole('alert', { name: 'Something on this page went wrong' })).toBeVisible()
    expect(screen.queryByText(/secret/)).toBeNull()
  },
)

test('has a title, a cause and at least one step of its own for every failure', () => {
  const words = Object.values(failures).map((wordsFor: Words) => wordsFor(facts, { isQuoted: false }))
  expect(new Set(words.map(({ title }) => title)).size).toBe(words.length)
  for (const { title, cause, causes = [], steps = [] } of words) {
    expect(title).not.toMatch(/[.!]$|please|oops/i)
    expect(cause).toMatch(/\.$/)
    for (const possible of causes) expect(possible.cause).toMatch(/\.$/)
    expect(causes.length, 'one cause is no choice').not.toBe(1)
    expect([...steps, ...causes.flatMap((possible) => possible.steps)].length).toBeGreaterThan(0)
  }
})

test('lists what might have caused it, with what tells each cause apart', () => {
  render(<Failure error={new GitLabApiError(404, '/api/v4/groups', {})} facts={facts} />)
  const [first] = screen.getAllByRole('listitem')
  expect(first).toHaveTextContent('Part of the path is missing')
  expect(first).toHaveTextContent('Open this URL in a new tab')
})

test.each(['token-request-failed', 'authorization-failed'] as const)(
  'promises GitLab’s words only where there are some: %s',
  (code) => {
    const { rerender } = render(<Failure error={new SignInError(code)} facts={facts} />)
    expect(screen.getByRole('alert')).not.toHaveTextContent('GitLab’s message')
    rerender(<Failure error={new SignInError(code, 'Something')} facts={facts} />)
    expect(screen.getByRole('alert')).toHaveTextContent('send GitLab’s message')
  },
)

test.each([
  ['http://gitlab.example.com', 'instance-url-insecure'],
  ['ftp://gitlab.example.com', 'instance-url-invalid'],
])('tells an address that browsers would block from one that is none: %s', (address, code) => {
  const error = catching(() => parseInstanceUrl(address, { protocol: 'https:' }))
  render(<Failure error={error} facts={facts} />)
  expect(screen.getByRole('alert')).toHaveAttribute('data-failure', code)
})

test('tries again when asked to', async () => {
  const onRetry = vi.fn()
  render(<Failure error={new SignInError('popup-closed')} facts={facts} onRetry={onRetry} />)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledTimes(1)
})

test('keeps a mistake in one part from taking the rest of the page along', async () => {
  let broken = true
  function Part() {
    if (broken) throw new Error('broken')
    return <p>Works</p>
  }
  // React reports what a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(
    <>
      <p>The rest</p>
      <ErrorBoundary
        fallback={(error, tryAgain) => <Failure error={error} facts={facts} onRetry={tryAgain} />}
      >
        <Part />
      </ErrorBoundary>
    </>,
  )
  expect(screen.getByText('The rest')).toBeVisible()
  broken = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('Works')).toBeVisible()
})

function catching(attempt: () => unknown): unknown {
  try {
    return attempt()
  } catch (error) {
    return error
  }
}

function withCode(code: string): Error {
  return Object.assign(new Error('odd'), { code })
}
