import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { setUpCommands } from '#src/gitlab/installation/set-up-commands.ts'
import { SetUpCommands } from './set-up-commands.tsx'

const setUp = {
  instanceUrl: 'https://gitlab.example.com/gitlab',
  appUrl: 'https://app.example.com',
  redirectUri: 'https://app.example.com/-/jira_connect/oauth_callbacks',
}

test('shows the commands for this installation once they’re asked for, apart from the one that reads the token', async () => {
  render(<SetUpCommands {...setUp} />)
  expect(screen.getByText(/GitLab administrator, in a terminal/)).not.toBeVisible()

  await userEvent.click(screen.getByText('Set this up with commands instead'))

  expect(screen.getByRole('region', { name: 'the commands' })).toHaveTextContent(
    setUpCommands(setUp).replaceAll(/\s+/g, ' ').trim(),
  )
  expect(screen.getByRole('region', { name: 'the command for the token' })).toHaveTextContent(/^read -rs/)
  expect(screen.getByRole('button', { name: 'Copy the commands' })).toBeVisible()
})
