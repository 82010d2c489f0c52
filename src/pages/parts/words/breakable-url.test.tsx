import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { BreakableUrl } from './breakable-url.tsx'

test.each([
  ['https://app.example.com/-/jira_connect/', 'https://app.example.com/|-/|jira_connect/'],
  ['https://app.example.com', 'https://app.example.com'],
  ['api', 'api'],
])('“%s” can break after the slashes of its path only, and is copied as it is', (url, broken) => {
  const { container } = render(<BreakableUrl url={url} />)
  expect(container.textContent).toBe(url)
  expect(container.innerHTML.replaceAll('<wbr>', '|')).toBe(broken)
})
