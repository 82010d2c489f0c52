import { expect, test } from './fixtures.ts'
import { GitLabWindow } from './gitlab-window.ts'
import { hold } from './hold.ts'

const GROUP = 'Acme / Internal Tools / Onboarding'
const OWN_SCRIPT = /\/assets\/index-[^/]+\.js$/

test('an administrator whose Jira is in German does everything in German, and sees no English word the next time', async ({
  configuration,
  page,
}) => {
  const { frame } = configuration
  const root = frame.locator('html')
  const button = (name: string) => frame.getByRole('button', { name, exact: true })

  await test.step('signing in, linking, and unlinking', async () => {
    await configuration.open('locale=de-DE')
    await expect(root).toHaveAttribute('lang', 'de')
    const [popup] = await Promise.all([page.waitForEvent('popup'), button('Bei GitLab.com anmelden').click()])
    const gitlabWindow = new GitLabWindow(popup)
    await gitlabWindow.signInAs('amira').click()
    await gitlabWindow.authorizeButton.click()
    await frame.getByRole('combobox', { name: 'Gruppen', exact: true }).fill('onboard')
    await configuration.option('acme-corp/internal-tools/onboarding').click()
    await page.keyboard.press('Escape')
    await button('Gruppe verknüpfen').click()
    await button(`${GROUP} trennen`).click()
    await configuration.question.getByRole('button', { name: 'Trennen', exact: true }).click()
    await expect(button(`${GROUP} trennen`)).toHaveCount(0)
    await button('Abmelden').click()
    await expect(button('Bei GitLab.com anmelden')).toBeVisible()
  })

  await test.step('the next visit, from the first frame that is painted', async () => {
    const letIn = await hold(page, OWN_SCRIPT)
    await page.addInitScript(() => {
      const painted = new Set<string>()
      Object.assign(window, { painted })
      const look = () => {
        requestAnimationFrame(look)
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
          const { parentElement, nodeValue } = walker.currentNode
          const isShown = parentElement?.checkVisibility({ visibilityProperty: true })
          // GitLab's own names are as they are.
          if (isShown && !parentElement?.closest('[data-field]')) painted.add(nodeValue?.trim() ?? '')
        }
      }
      requestAnimationFrame(look)
    })
    // Where the longer words need more lines.
    await page.setViewportSize({ width: 400, height: 900 })
    await configuration.open('locale=de-DE')
    const painted = () => root.evaluate(() => [...(window as unknown as { painted: Set<string> }).painted])
    const group = frame.getByText('Storefront', { exact: true })
    await expect(group).toBeVisible()
    await expect.poll(painted).toContain('GitLab for Jira')
    await expect(frame.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    const places = () => Promise.all([frame.locator('header p').boundingBox(), group.boundingBox()])
    const before = await places()
    letIn()
    await expect(button('Bei GitLab.com anmelden')).toBeVisible()
    expect(await places()).toEqual(before)
    await expect.poll(painted).toContain('Verknüpfte Gruppen')
    expect((await painted()).join('\n')).not.toMatch(/\b(link|groups?|sign|loading|the|on|to|your|by)\b/i)
  })
})
