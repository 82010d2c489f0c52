import { expect, test } from 'vitest'
import { pageHeaders } from './page-headers.ts'

test('the page is neither stored nor changed on its way, sends no referrer, and stays connected to windows it opens', () => {
  expect(pageHeaders("default-src 'none'")).toEqual({
    'Cache-Control': 'no-store, no-transform',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
})

test('without a policy there is no such header', () => {
  expect(pageHeaders()).not.toHaveProperty('Content-Security-Policy')
})
