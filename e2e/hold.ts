import type { Page } from 'playwright/test'

/** Holds back a file until the returned function is called. */
export async function hold(page: Page, file: RegExp): Promise<() => void> {
  let letIn: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    letIn = resolve
  })
  await page.route(file, async (route) => {
    await released
    await route.continue()
  })
  return letIn
}
