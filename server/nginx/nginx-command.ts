import { nginxConfiguration } from './nginx-configuration.ts'
import { NGINX_USAGE, parseNginxOptions } from './nginx-options.ts'

/**
 * What `npm run nginx` writes.
 * @param args what follows `--`
 * @returns the configuration or the usage for standard output; or one line for standard error, if an option is invalid
 */
export function nginxCommand(args: string[]): { output: string } | { problem: string } {
  if (args.includes('--help')) return { output: NGINX_USAGE }
  try {
    return { output: nginxConfiguration(parseNginxOptions(args)) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
