import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Children } from './remote/children.ts'

/** The page notes its errors there: they outlast a reload, and other tests don't see them. */
export const NOTES = 'noted-errors'

/** Notes, once for each document, what Playwright would hear of. On one line, before anything of the module runs. */
const WATCH = `
  if (!globalThis.isWatched) {
    globalThis.isWatched = true;
    const note = (text) => {
      const notes = JSON.parse(sessionStorage.getItem('${NOTES}') ?? '[]');
      sessionStorage.setItem('${NOTES}', JSON.stringify([...notes, text]));
    };
    const { error } = console;
    console.error = (...values) => { note('console error: ' + values.join(' ')); error.apply(console, values); };
    addEventListener('error', ({ message }) => note('uncaught: ' + message));
    addEventListener('unhandledrejection', ({ reason }) => note('uncaught: ' + reason));
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      note('policy: ' + violatedDirective + ' ' + blockedURI));
  }`.replace(/\s*\n\s*/g, ' ')

/** A copy of the built page whose scripts note errors. */
export interface WatchedBuild {
  readonly folder: string
  remove(): Promise<void>
}

/**
 * Copies the built page, for browsers whose console can't be read: WebKit's at all, and Firefox's where pages write to
 * it. Every script starts with the watch, because any of them may be the first that runs, or the one that fails.
 */
export async function copyWatchedBuild(): Promise<WatchedBuild> {
  // Without children, this is a folder that doesn't outlive an interrupted run.
  const children = await Children.inNewFolder('watched-build-')
  const { folder } = children
  // Compressed files would be served instead of the changed ones.
  await cp('dist', folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) })
  const assets = join(folder, 'assets')
  for (const name of await readdir(assets))
    if (name.endsWith('.js')) {
      const path = join(assets, name)
      await writeFile(path, `${WATCH};${await readFile(path, 'utf8')}`)
    }
  return { folder, remove: () => children.end() }
}
