import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { messageTypes, TYPES_COMMAND, TYPES_FILE } from './message-types.ts'

test(`the types of the messages are up to date (otherwise, run \`${TYPES_COMMAND}\`)`, () => {
  expect(readFileSync(TYPES_FILE, 'utf8')).toBe(messageTypes())
})
