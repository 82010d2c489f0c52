import { writeFile } from 'node:fs/promises'
import { messageTypes, TYPES_FILE } from './message-types.ts'

await writeFile(TYPES_FILE, messageTypes())
