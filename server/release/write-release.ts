// `npm run release`: packs the built page with everything an operator needs.
import { writeRelease } from './release.ts'

try {
  console.log(await writeRelease())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
