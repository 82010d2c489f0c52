import { expect, test } from 'vitest'
import { callbackMessage, parseCallbackMessage } from './callback-message.ts'

const type = 'jiraConnectOauthCallback'
const messageFor = (query: string) => callbackMessage(new URLSearchParams(query))

test('passes on code and state as GitLab’s own callback page does', () => {
  expect(messageFor('code=c&state=s')).toEqual({ type, success: true, code: 'c', state: 's' })
})

test('passes on who claims to have responded, in success and failure', () => {
  expect(messageFor('code=c&state=s&iss=https://gitlab.example.com')).toMatchObject({
    iss: 'https://gitlab.example.com',
  })
  expect(messageFor('error=access_denied&state=s&iss=https://gitlab.example.com')).toMatchObject({
    iss: 'https://gitlab.example.com',
  })
})

test('includes a failure’s state and reason, which GitLab’s own page leaves out', () => {
  expect(messageFor('error=access_denied&error_description=No&state=s')).toEqual({
    type,
    success: false,
    state: 's',
    error: 'access_denied',
    error_description: 'No',
  })
})

test.each([
  '',
  'code=c',
  'state=s',
  'code=&state=s',
  'code=c&state=s&error=access_denied',
  'code=c&code=d&state=s',
  'code=c&state=s&state=t',
  'code=c&state=s&iss=a&iss=b',
])('treats “%s” as a failure', (query) => {
  expect(messageFor(query).success).toBe(false)
})

test.each(['code=c&state=s', 'code=c&state=s&iss=i', 'error=access_denied&state=s&iss=i', ''])(
  'parses its own message: %s',
  (query) => {
    expect(parseCallbackMessage(messageFor(query))).toEqual(messageFor(query))
  },
)

test('parses the message of GitLab’s own callback page', () => {
  expect(parseCallbackMessage({ success: false, type })).toEqual({ success: false, type })
})

test.each([
  undefined,
  null,
  'text',
  {},
  { success: true, code: 'c', state: 's' },
  { type, success: true, code: 'c' },
  { type, success: true, code: 1, state: 's' },
  { type: 'other', success: true, code: 'c', state: 's' },
])('ignores %o', (data) => {
  expect(parseCallbackMessage(data)).toBeUndefined()
})
