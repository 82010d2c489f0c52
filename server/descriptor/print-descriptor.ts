// `npm run descriptor`: prints the Connect descriptor, for serving it as a file.
import { parseDescriptorOptions } from './descriptor-options.ts'

try {
  const { descriptor } = parseDescriptorOptions(process.argv.slice(2))
  console.log(JSON.stringify(descriptor, null, 2))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
