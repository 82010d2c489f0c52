import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languages, readCatalog, SOURCE_LANGUAGE } from './catalogs.ts'
import { problemsOf } from './check-catalog.ts'

const source = readCatalog(SOURCE_LANGUAGE)

test.each(languages())(
  'the messages of “%s” are complete, and each has the values and forms it needs',
  (language) => {
    expect(problemsOf(readCatalog(language), language, source)).toEqual([])
  },
)

describe('a mistake in a catalog is noticed:', () => {
  const original = {
    part: {
      done: 'Linked {name}.',
      count: '{count, plural, one {# group} other {# groups}}',
      who: '{words, select, quoted {GitLab’s message} other {the details}}',
    },
  }
  const translation = {
    part: {
      done: '{name} verknüpft.',
      count: '{count, plural, one {# Gruppe} other {# Gruppen}}',
      who: '{words, select, quoted {GitLabs Meldung} other {die Details}}',
    },
  }

  test('none in a right translation', () => {
    expect(problemsOf(translation, 'de', original)).toEqual([])
  })

  test.each([
    ['a message is missing', { done: undefined }, 'part.done: missing'],
    ['one is left over', { old: 'Alt' }, 'part.old: not in the source'],
    ['one is empty', { done: ' ' }, 'part.done: empty'],
    ['one begins with a space', { done: ' {name} verknüpft.' }, 'part.done: a space around it'],
    [
      'one isn’t a message',
      { done: 'Verknüpft {name' },
      'part.done: SyntaxError: EXPECT_ARGUMENT_CLOSING_BRACE',
    ],
    ['a value is missing', { done: 'Verknüpft.' }, 'part.done: has the values , not name (text)'],
    [
      'a value is misspelled',
      { done: 'Verknüpft: {Name}.' },
      'part.done: has the values Name (text), not name (text)',
    ],
    [
      'a word of a choice is translated',
      { who: '{words, select, zitiert {GitLabs Meldung} other {die Details}}' },
      'part.who: has the values words (other,zitiert), not words (other,quoted)',
    ],
    [
      'a plural form is missing',
      { count: '{count, plural, other {# Gruppen}}' },
      'part.count: lacks the plural form “one”',
    ],
    ['there is markup', { done: '<b>{name}</b> verknüpft.' }, 'part.done: markup'],
    ['there is an entity', { done: '{name}&nbsp;verknüpft.' }, 'part.done: markup'],
  ])('%s', (_what, changed, problem) => {
    const part = Object.entries({ ...translation.part, ...changed }).filter(
      ([, message]) => message !== undefined,
    )
    expect(problemsOf({ part: Object.fromEntries(part) as Record<string, string> }, 'de', original)).toEqual([
      problem,
    ])
  })

  test('a space where a line may not break is a no-break space', () => {
    const french = (done: string) => problemsOf({ done }, 'fr', { done: 'Done: {name}' })
    expect(french('Terminé\u00a0: {name}')).toEqual([])
    expect(french('Terminé : {name}')).toEqual(['done: a space beside a mark, where a line may not break'])
    const japanese = (groups: string) =>
      problemsOf({ groups: `{count, plural, other {${groups}}}` }, 'ja', {
        groups: '{count, plural, one {# group} other {# groups}}',
      })
    expect(japanese('#\u00a0個のグループ')).toEqual([])
    expect(japanese('# 個のグループ')).toEqual([
      'groups: a space between a number and its counter, where a line may not break',
    ])
    const wait = (text: string) => problemsOf({ wait: text }, 'zh-CN', { wait: 'Wait 30 seconds.' })
    expect(wait('请等待 30\u00a0秒。')).toEqual([])
    expect(wait('请等待 30 秒。')).toEqual([
      'wait: a space between a number and its counter, where a line may not break',
    ])
    const version = (old: string) => problemsOf({ old }, 'de', { old: 'Older than GitLab 15.7' })
    expect(version('Älter als GitLab\u00a015.7')).toEqual([])
    expect(version('Älter als GitLab 15.7')).toEqual([
      'old: a space before a version, where a line may not break',
    ])
  })

  test('a number may be a choice between plural forms in a language that needs it, with each form it has', () => {
    const left = { left: '{count, number} left' }
    const polish = (forms: string) => problemsOf({ left: `{count, plural, ${forms}}` }, 'pl', left)
    expect(polish('one {# został} few {# zostały} many {# zostało} other {# zostało}')).toEqual([])
    expect(polish('one {# został} other {# zostało}')).toEqual([
      'left: lacks the plural form “many”',
      'left: lacks the plural form “few”',
    ])
  })
})

test.each(languages())('what shows before any script is there has a style for “%s”', (language) => {
  const styles = readFileSync(new URL('../../src/pages/loading-page.module.css', import.meta.url), 'utf8')
  expect(styles).toContain(`html[lang="${language}"] .words[lang="${language}"]`)
})
