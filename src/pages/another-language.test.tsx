import { languages } from 'virtual:messages/languages'
import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { mockClipboard } from '#src/testing/clipboard.ts'
import { groupField, renderPage, rowOf, selectGroup, selectGroups } from '#src/testing/render-page.tsx'
import type { TestWorld } from '#src/testing/world.ts'
import german from '#src/texts/messages/de.json'
import english from '#src/texts/messages/en.json'
import { speak, texts } from '#src/texts/texts.ts'

/*
 * The reader selects another language in Jira while the page is open.
 */

const LINK = 'POST /api/v4/integrations/jira_connect/subscriptions'
const ANDROID = 'Acme Corp / Mobile / Android'

const button = (name: string | RegExp) => screen.getByRole('button', { name })
const root = document.documentElement

/** The reader selects a language in Jira, in another tab, and comes back to the page. */
async function selectInJira({ jira }: TestWorld, locale: string): Promise<void> {
  jira.settings.locale = locale
  onTestFinished(() => speak(['en']))
  await act(async () => void window.dispatchEvent(new Event('visibilitychange')))
}

async function changeToGerman(world: TestWorld): Promise<void> {
  await selectInJira(world, 'de-DE')
  await waitFor(() => expect(root).toHaveAttribute('lang', 'de'))
  await waitFor(() => expect(screen.getByText(german.page.list.title, { selector: 'h2' })).toBeVisible())
  expect(wordsInEnglish()).toEqual([])
}

interface Catalog {
  readonly [key: string]: string | Catalog
}

/** The messages without values that German says in another way. */
function onlyEnglish(source: Catalog, translated: Catalog): string[] {
  return Object.entries(source).flatMap(([key, message]) => {
    const translation = translated[key] as typeof message
    if (typeof message !== 'string') return onlyEnglish(message, translation as Catalog)
    return message === translation || message.includes('{') ? [] : [message]
  })
}

const ENGLISH = new Set(onlyEnglish(english, german))

/** What the page says or calls something in English, unless it is marked as such. */
function wordsInEnglish(): string[] {
  const elements = [...document.body.querySelectorAll('*')].filter((one) => !one.closest('[lang=en]'))
  const attributes = ['aria-label', 'placeholder', 'data-tip', 'title', 'alt']
  return elements
    .flatMap((element) => [
      ...attributes.map((name) => element.getAttribute(name) ?? ''),
      ...[...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : '')),
    ])
    .filter((text) => ENGLISH.has(text?.trim() ?? '')) as string[]
}

test('loses nothing that was typed, selected, or asked, nor the focus, and announces nothing again', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await selectGroup(user, 'acme/mobile/android')
  const field = groupField()
  await user.clear(field)
  await user.paste('payments')
  const lastSaid = () => [...document.querySelectorAll('[role=status] > span')].at(-1)
  // Announced after a pause: it must not come while the language changes.
  await waitFor(() => expect(lastSaid()).toHaveTextContent(/^\d+ groups?\b/))
  await user.click(within(await rowOf('Acme Corp / Web')).getByRole('checkbox'))
  const row = within(await rowOf('Acme Corp / Payments'))
  await user.click(row.getByRole('button', { name: /^Unlink/ }))
  const question = await row.findByRole('alertdialog')
  const focused = document.activeElement
  expect(focused).toHaveTextContent(texts.cancel)
  const spoken = lastSaid()
  const said = spoken?.textContent

  await changeToGerman(world)

  expect(field).toBeInTheDocument()
  expect(field).toHaveValue('payments')
  expect(button(texts.linkGroups.remove({ name: ANDROID }))).toBeVisible()
  expect(screen.getByRole('checkbox', { name: 'Acme Corp / Web auswählen' })).toBeChecked()
  expect(question).toBeVisible()
  expect(question).toHaveTextContent(texts.unlinkQuestion.question({ name: 'Acme Corp / Payments' }))
  expect(focused).toHaveFocus()
  expect(focused).toHaveTextContent('Abbrechen')
  expect(spoken).toBeInTheDocument()
  expect(spoken?.textContent).toBe(said)
  expect(spoken).toHaveAttribute('lang', 'en')
})

test('a run goes on, is announced in the new language from then on, and nothing again', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await selectGroups(user, 'mobile', ['acme/mobile/android', 'acme/mobile/ios'])
  const release = world.hold(LINK)
  await user.click(button('Link 2 groups'))
  expect(await screen.findByRole('region', { name: 'Linking 2 groups' })).toBeVisible()
  const announced = () => [...document.querySelectorAll('[role=status].visually-hidden > span')].at(-1)
  await waitFor(() => expect(announced()).toHaveTextContent('Linking 2 groups'))
  const before = announced()

  await changeToGerman(world)

  const run = await screen.findByRole('region', { name: texts.bulk.linking.running({ total: 2 }) })
  expect(run).toHaveTextContent(texts.bulk.linking.progress({ done: 0, total: 2 }))
  expect(announced()).toBe(before)
  release()
  const title = texts.bulk.linking.finished({ total: 2 })
  expect(await screen.findByRole('region', { name: title })).toBeVisible()
  await waitFor(() => expect(announced()).toHaveTextContent(title))
  expect(announced()).toHaveAttribute('lang', 'de')
  expect(wordsInEnglish()).toEqual([])
})

test('the outcome of linking a group is said in the new language, but not announced again', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', signedInAs: 'Amira Haddad' })
  await selectGroup(user, 'acme/mobile/android')
  await user.click(button('Link group'))
  const done = `Linked ${ANDROID}.`
  await waitFor(() => expect(screen.getAllByText(done, { exact: false })).toHaveLength(2))
  await changeToGerman(world)
  expect(screen.getByText(texts.linking.done({ name: ANDROID }))).toBeVisible()
  expect(screen.getAllByText(done, { exact: false })).toHaveLength(1)
})

test('an explained failure stays open as it is: its commands, what was copied, and the way to it from the check', async () => {
  mockClipboard()
  const { user, world } = await renderPage({
    instance: 'gitlab',
    arrange: ({ gitlab }) => {
      gitlab.settings.applicationIdBlank = true
    },
  })
  const failure = within(await screen.findByRole('alert'))
  await user.click(failure.getByText(texts.setUpCommands.title))
  const commands = failure.getByText(texts.setUpCommands.title).closest('details')
  await user.click(failure.getByRole('button', { name: texts.check.button }))
  const check = within(
    await screen.findByRole('region', {
      name: texts.connectionCheck.title({ instanceName: 'gitlab.localhost:4702' }),
    }),
  )
  const link = await check.findByRole('link', { name: texts.connectionCheck.explainedBelow })
  await user.click(failure.getByRole('button', { name: texts.copy.copy({ name: 'Redirect URI' }) }))
  const copied = document.querySelector(`[data-tip="${texts.copy.copied}"]`)
  expect(copied).not.toBeNull()

  await changeToGerman(world)

  expect(commands).toBeInTheDocument()
  expect(commands).toHaveAttribute('open')
  expect(link).toBeInTheDocument()
  expect(link).toHaveTextContent(texts.connectionCheck.explainedBelow)
  expect(copied).toHaveAttribute('data-tip', texts.copy.copied)
  expect(copied?.querySelector('button')).toHaveFocus()
})

test('what is hidden behind the choice of the instance changes, too, and so does what was done last', async () => {
  const { user, world } = await renderPage({ instance: 'gitlab', instances: 'any' })
  await user.click(await screen.findByRole('button', { name: texts.choosing.change }))
  await screen.findByRole('textbox')
  await selectInJira(world, 'de-DE')
  expect(await screen.findByRole('button', { name: german.chooseInstance.save })).toBeVisible()
  await user.click(screen.getByRole('button', { name: texts.cancel }))
  expect(await screen.findByText(german.page.list.title, { selector: 'h2' })).toBeVisible()
  expect(wordsInEnglish()).toEqual([])

  await user.click(button(texts.choosing.change))
  await user.click(await screen.findByRole('radio', { name: 'GitLab.com' }))
  await user.click(button(texts.chooseInstance.save))
  await user.click(
    await screen.findByRole('button', { name: texts.chooseInstance.confirmRemoval({ count: 3 }) }),
  )
  const inGerman = texts.chooseInstance.changed({ name: 'GitLab.com' })
  await waitFor(() => expect(screen.getAllByText(inGerman)).toHaveLength(2))
  await selectInJira(world, 'en-GB')
  await waitFor(() => expect(root).toHaveAttribute('lang', 'en'))
  expect(screen.getByText(texts.chooseInstance.changed({ name: 'GitLab.com' }))).toBeVisible()
})

test('the language of the last visit shows until Jira names another one, which then counts as the last', async () => {
  localStorage.setItem('gitlab-for-jira.locale', 'de-AT')
  onTestFinished(() => speak(['en']))
  const { letIn } = await renderPage({ instance: 'app', fromFirstMoment: true })
  expect(await screen.findByText(german.page.list.title, { selector: 'h2' })).toBeVisible()
  expect(root).toHaveAttribute('lang', 'de')
  expect(wordsInEnglish()).toEqual([])
  letIn()
  expect(await screen.findByText('Linked groups', { selector: 'h2' })).toBeVisible()
  expect(root).toHaveAttribute('lang', 'en')
  expect(localStorage.getItem('gitlab-for-jira.locale')).toBe('en-GB')
})

test('a language whose words don’t arrive leaves the page as it is, until the reader comes back to it', async () => {
  const { world } = await renderPage({ instance: 'app' })
  await rowOf('Acme / Storefront')
  vi.spyOn(languages as Record<string, () => Promise<unknown>>, 'fr').mockRejectedValueOnce(new Error('lost'))
  await selectInJira(world, 'fr-FR')
  await waitFor(() => expect(localStorage.getItem('gitlab-for-jira.locale')).toBe('fr-FR'))
  expect(screen.getByText('Linked groups', { selector: 'h2' })).toBeVisible()
  await selectInJira(world, 'fr-FR')
  await waitFor(() => expect(root).toHaveAttribute('lang', 'fr'))
  await waitFor(() => expect(screen.queryByText('Linked groups', { selector: 'h2' })).toBeNull())
})
