import { contentSecurityPolicy } from '#server/content-security-policy.ts'
import { nginxConfiguration } from './nginx-configuration.ts'
import type { Printed } from './nginx-options.ts'
import { NGINX_USAGE, parseNginxOptions } from './nginx-options.ts'

/**
 * What `npm run nginx` writes.
 * @param args what follows `--`
 * @returns what is printed, or the usage, for standard output; or one line for standard error, if an option is invalid
 */
export function nginxCommand(args: string[]): { output: string } | { problem: string } {
  if (args.includes('--help')) return { output: NGINX_USAGE }
  try {
    return { output: textOf(parseNginxOptions(args)) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function textOf(options: Printed): string {
  const { instances, frameAncestors } = options
  switch (options.kind) {
    case 'config.json':
      return `${JSON.stringify({ instances })}\n`
    case 'policy':
      return `${contentSecurityPolicy({ connectTo: instances, frameAncestors })}\n`
    default:
      return nginxConfiguration(options)
  }
}
