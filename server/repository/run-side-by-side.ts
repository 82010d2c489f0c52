import { runSideBySide } from './side-by-side.ts'

/** Path of npm's own script, which npm gives to what it runs. */
const { npm_execpath: npm } = process.env
if (npm === undefined) throw new Error('Run this through npm: npm run check')

const jobs = process.argv.slice(2).map((name) => ({
  name,
  command: process.execPath,
  args: [npm, 'run', '--silent', name],
}))
const failed = await runSideBySide(jobs, (text) => process.stdout.write(text))
process.exitCode = failed.length > 0 ? 1 : 0
