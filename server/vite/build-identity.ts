import { execFileSync } from 'node:child_process'
import type { Plugin } from 'vite'

/** The name of the `meta` element that says which build this is. */
const META = 'gitlab-for-jira-build'

/**
 * Says in index.html which version the page is, and from which commit: support asks for it. It's there and nowhere else,
 * so that the names of all other files change only with their content.
 * @param version from package.json
 */
export function buildIdentity(version: string): Plugin {
  let root = '.'
  return {
    name: 'build-identity',
    configResolved(config) {
      root = config.root
    },
    transformIndexHtml(_html, { filename }) {
      if (!filename.endsWith('index.html')) return []
      const content = [version, commitOf(root)].filter(Boolean).join(' ')
      return [{ tag: 'meta', attrs: { name: META, content }, injectTo: 'head' }]
    },
  }
}

/**
 * @returns the short hash of the commit that is checked out, with a plus sign if files differ from it; undefined outside
 * of a repository
 */
export function commitOf(root: string): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD')
    return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit}+`
  } catch {
    return undefined
  }
}
