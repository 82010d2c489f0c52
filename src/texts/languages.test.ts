import { languages } from 'virtual:messages/languages'
import { expect, onTestFinished, test, vi } from 'vitest'
import { bestLanguage, expectLanguage } from './languages.ts'

/** Opens the page with a query in its URL. */
function visit(query: string): void {
  const before = location.href
  history.replaceState(null, '', query)
  onTestFinished(() => history.replaceState(null, '', before))
}

test.each([
  ['de', 'de', 'de'],
  ['de-AT', 'de', 'de-AT'],
  ['fr-CA', 'fr', 'fr-CA'],
  ['es-419', 'es', 'es-419'],
  ['pt-PT', 'pt-BR', 'pt-PT'],
  ['ja-JP', 'ja', 'ja-JP'],
  ['zh-Hans-SG', 'zh-CN', 'zh-Hans-SG'],
  ['zh', 'zh-CN', 'zh'],
  ['en-GB', 'en', 'en-GB'],
])(
  'a reader of “%s” reads the page in “%s”, with the numbers and dates of “%s”',
  (wanted, language, locale) => {
    expect(bestLanguage([wanted])).toEqual({ language, locale })
  },
)

test.each([
  ['zh-TW', 'en-TW'],
  ['zh-Hant-HK', 'en-HK'],
  ['nl-BE', 'en-BE'],
  ['sr', 'en-RS'],
  ['xx', 'en'],
])(
  'a reader of “%s”, which the page doesn’t speak, reads English with the dates of “%s”',
  (wanted, locale) => {
    expect(bestLanguage([wanted])).toEqual({ language: 'en', locale })
  },
)

test.each([[[]], [['']], [['de_DE']], [['toString']], [['__proto__']], [['<script>', 'a b']]])(
  'without a usable locale, as in %j, the page is in English',
  (locales) => {
    const { language, locale } = bestLanguage(locales)
    expect(language).toBe('en')
    expect(locale).toMatch(/^en(-US)?$/)
  },
)

test('the first of several languages that the page speaks is taken, whatever comes before', () => {
  expect(bestLanguage(['not a locale', 'nl', 'ja-JP', 'de']).language).toBe('ja')
})

test.each([
  ['?locale=en-XA', 'en-XA'],
  ['?locale=ja', 'ja'],
  ['?locale=nonsense', 'de'],
  ['?locale=%E0', 'de'],
  ['?locale=', 'de'],
])('%s in the page’s URL makes it speak “%s”', (query, language) => {
  visit(query)
  expect(bestLanguage(['de-DE']).language).toBe(language)
})

test('the language that is likely is marked, and its words are on their way, before the page’s code is there', () => {
  const load = vi.spyOn(languages as Record<string, () => Promise<unknown>>, 'de')
  onTestFinished(() => {
    document.documentElement.lang = 'en'
  })
  expect(expectLanguage(['de-CH'])).toBe('de-CH')
  expect(document.documentElement).toHaveAttribute('lang', 'de')
  expect(load).toHaveBeenCalledOnce()
})

test('no error is thrown on the way to the language: the browser would parse the page’s scripts again', () => {
  const made = vi.spyOn(Intl, 'Locale')
  bestLanguage(['zh-TW'])
  expect(made).toHaveBeenCalled()
  expect(made.mock.results.map(({ type }) => type)).not.toContain('throw')
})

test.each(['en-GB', 'en', 'de-AT', 'es-419', 'pt-PT', 'ja-JP', 'zh-CN'])(
  'for a reader of “%s”, the browser’s tables of languages, which take long to load, aren’t loaded',
  (locale) => {
    const made = vi.spyOn(Intl, 'Locale')
    bestLanguage([locale])
    expect(made).not.toHaveBeenCalled()
  },
)
