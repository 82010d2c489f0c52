import type { FrameLocator } from 'playwright/test'
import { expect, test } from './fixtures.ts'

/*
 * What a screen reader reads, from top to bottom, on the way to a linked group and back: names, roles and states, in an
 * order that makes sense. After a change that is wanted, look at the difference and take it over with
 * `npx playwright test reading-order --update-snapshots`.
 */

test.use({ instance: 'gitlab', contextOptions: { reducedMotion: 'reduce' } })

test('the page reads like sentences, from the list to a linked group and back', async ({ configuration }) => {
  await configuration.open()
  await configuration.linkedGroups.first().waitFor()
  await configuration.signInButton.waitFor()
  await readsAs(configuration.frame, 'list')
  await configuration.signIn()
  await configuration.groupSearch.fill('android')
  await expect(configuration.options).toHaveCount(1)
  await readsAs(configuration.frame, 'searching')
  await configuration.chooseGroup('android', 'acme/mobile/android')
  await expect(configuration.menu).toBeHidden()
  await expect(configuration.groupSearch).toHaveValue('')
  await readsAs(configuration.frame, 'selected')
  await configuration.linkButton.click()
  await configuration.unlinkButton('Acme Corp / Mobile / Android').waitFor()
  await readsAs(configuration.frame, 'linked')
  await configuration.unlinkButton('Acme Corp / Mobile / Android').click()
  await configuration.question.waitFor()
  await readsAs(configuration.frame, 'unlinking')
})

async function readsAs(frame: FrameLocator, name: string): Promise<void> {
  await expect(async () => {
    const read = await frame.getByRole('main').ariaSnapshot()
    // What differs from run to run.
    const text = read.replace(/localhost:\d+/g, 'localhost').replace(/\d+ \w+ \d{4}$/gm, '‹date›')
    expect(`${text}\n`).toMatchSnapshot(`${name}.yml`)
  }).toPass({ timeout: 30_000 })
}
