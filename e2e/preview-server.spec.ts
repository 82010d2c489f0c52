import { test } from './fixtures.ts'
import { walkMainJourney } from './main-journey.ts'

test('the main journey passes through the preview server', async ({ configuration: _, local, page }) => {
  await walkMainJourney(page, local.jiraUrl)
})
