import { languages } from 'virtual:messages/languages'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { markLanguage } from './languages.ts'
import { languageOfTexts, loadLaterTexts, localeOfTexts, speak, texts } from './texts.ts'

beforeEach(async () => {
  await speak(['en'])
  onTestFinished(() => speak(['en']))
})

const root = document.documentElement

/** The words of a language don't arrive, once. */
function lose(language: string, part: 'first' | 'later') {
  const load = languages[language] as (typeof languages)[string]
  const loading = vi.spyOn(languages as Record<string, typeof load>, language)
  if (part === 'first') loading.mockRejectedValueOnce(new Error('offline'))
  else
    loading.mockImplementationOnce(async () => ({
      ...(await load()),
      later: () => Promise.reject(new Error('offline')),
    }))
}

test('the page speaks a language from the moment it’s told to, and says so', async () => {
  await speak(['de-AT'])
  expect(texts.list.unlinkGroup({ name: 'Web' })).toBe('Web trennen')
  expect([languageOfTexts(), localeOfTexts()]).toEqual(['de', 'de-AT'])
  expect(root).toHaveAttribute('lang', 'de')
  await speak(['ja'])
  expect(texts.list.title).not.toMatch(/[a-z]/i)
  expect(root).toHaveAttribute('lang', 'ja')
})

test.each([
  ['en-GB', 'Show all 1,234 groups', '1 group matches.', '2 groups match.'],
  ['de-DE', '1.234', '1 Gruppe', '2 Gruppen'],
  ['fr', '1\u202f234', '0 groupe', '2 groupes'],
  ['pt-BR', '1.234', '0 grupo', '2 grupos'],
  ['ja', '1,234', '0', '2'],
])('numbers and plurals are those of “%s”', async (locale, number, one, other) => {
  await speak([locale])
  expect(texts.list.showAll({ count: 1234 })).toContain(number)
  expect(texts.list.matches({ count: Number(one[0]) })).toContain(one)
  expect(texts.list.matches({ count: Number(other[0]) })).toContain(other)
})

test.each(['first', 'later'] as const)(
  'if the %s words of a language don’t arrive, the page goes on as it is, and has them the next time it tries',
  async (part) => {
    await loadLaterTexts()
    lose('fr', part)
    // As when the document began.
    markLanguage('fr')
    await speak(['fr'])
    expect(texts.list.title).toBe('Linked groups')
    expect(texts.linkGroups.title).toBe('Link groups')
    expect([languageOfTexts(), localeOfTexts(), root.lang]).toEqual(['en', 'en', 'en'])
    await speak(['fr'])
    expect([languageOfTexts(), root.lang]).toEqual(['fr', 'fr'])
    expect(texts.linkGroups.title).not.toBe('Link groups')
  },
)
