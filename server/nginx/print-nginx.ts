// `npm run nginx`: prints the configuration of an nginx in front of GitLab.
import { nginxConfiguration } from './nginx-configuration.ts'
import { NGINX_USAGE, parseNginxOptions } from './nginx-options.ts'

const args = process.argv.slice(2)

try {
  process.stdout.write(args.includes('--help') ? NGINX_USAGE : nginxConfiguration(parseNginxOptions(args)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
