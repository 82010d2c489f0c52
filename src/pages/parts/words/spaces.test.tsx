import { render, screen } from '@testing-library/react'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { loadLaterTexts, speak } from '#src/texts/texts.ts'
import { inSequence } from './in-sequence.ts'
import { WithNote } from './with-note.tsx'

beforeAll(loadLaterTexts)

test.each([
  ['en', 'Linked A. Done.', 'Title (note)'],
  ['ja', 'Linked A.Done.', 'Title (note)'],
  ['zh-CN', 'Linked A.Done.', 'Title（note）'],
])(
  'in “%s”, a space stands between sentences and before a note only if the language has one there',
  async (language, sentences, withNote) => {
    onTestFinished(() => speak(['en']))
    await speak([language])
    expect(inSequence('Linked A.', undefined, '', 'Done.')).toBe(sentences)
    render(
      <p>
        <WithNote note="note">Title</WithNote>
      </p>,
    )
    expect(screen.getByRole('paragraph').textContent).toBe(withNote)
  },
)

test('without a sentence, nothing is said', () => {
  expect(inSequence(undefined, '')).toBe('')
})

test('a note is shown whole, whatever characters a name in it has', () => {
  render(
    <p>
      <WithNote note={'A\uFFFCB'}>Title</WithNote>
    </p>,
  )
  expect(screen.getByRole('paragraph')).toHaveTextContent('Title (A\uFFFCB)')
})
