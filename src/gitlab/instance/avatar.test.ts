import { expect, test } from 'vitest'
import { avatarUrlOf } from './avatar.ts'
import { parseInstanceUrl } from './instance-url.ts'

const instance = parseInstanceUrl('https://example.com/gitlab')

test('resolves a path against the origin, since it already includes the sub-path', () => {
  expect(avatarUrlOf(instance, '/gitlab/uploads/7/w.png?v=1')).toBe(
    'https://example.com/gitlab/uploads/7/w.png?v=1',
  )
})

test.each([
  null,
  undefined,
  '',
  'https://evil.example/a.png',
  '//evil.example/a.png',
  'javascript:alert(1)',
  'data:image/png;base64,AA',
  'http://[',
])('shows no picture for %s', (avatar) => {
  expect(avatarUrlOf(instance, avatar)).toBeUndefined()
})
