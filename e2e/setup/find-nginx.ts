import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canRun } from './unpack-packages.ts'

/** Where the end-to-end tests unpack an nginx of their own, laid out as in the root of a system. */
export const UNPACKED_NGINX = fileURLToPath(new URL('../../node_modules/.cache/nginx', import.meta.url))

/**
 * Finds the nginx for the end-to-end tests: an installed one, else the unpacked one.
 * @returns its command, or undefined when there is none that runs
 */
export function findNginx(): string | undefined {
  const usual = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx', join(UNPACKED_NGINX, 'usr/sbin/nginx')]
  return usual.find((command) => canRun(command, ['-v']))
}
