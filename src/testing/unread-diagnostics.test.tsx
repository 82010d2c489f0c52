import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

test('a query that waits in vain shows the document, once', async () => {
  render(<p>What is there</p>)
  const error: Error = await screen
    .findByText('What is not there', {}, { timeout: 1 })
    .catch((reason) => reason)
  expect(error.message).toContain('Unable to find an element with the text: What is not there')
  expect(error.message.split('What is there')).toHaveLength(2)
})

test('a query that doesn’t wait shows the document', () => {
  render(<p>What is there</p>)
  expect(() => screen.getByText('What is not there')).toThrow('What is there')
})

test('React’s warnings name the component', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  // biome-ignore lint/correctness/useJsxKeyInIterable: it is what React warns of
  const Rows = () => ['first', 'second'].map((row) => <p>{row}</p>)
  render(<Rows />)
  const words = complaint.mock.calls.flat().join(' ')
  expect(words).toContain('unique "key" prop')
  expect(words).toContain('Rows')
})
