// `npm run nginx`: prints the configuration of an nginx in front of GitLab.
import { nginxCommand } from './nginx-command.ts'

const result = nginxCommand(process.argv.slice(2))
if ('output' in result) {
  process.stdout.write(result.output)
} else {
  console.error(result.problem)
  process.exitCode = 1
}
