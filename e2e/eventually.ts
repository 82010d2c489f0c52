import { expect } from 'playwright/test'

/**
 * Expects something of a value, and looks again after 50 ms: the page changes within that, while `expect.poll` by itself
 * slows down to once a second.
 */
export const eventually = <T>(look: () => T | Promise<T>, message?: string) =>
  expect.poll(look, { intervals: [50], ...(message !== undefined && { message }) })
