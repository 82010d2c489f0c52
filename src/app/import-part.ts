/** A file of a part did not come, or something else came in its place. */
class FileMissingError extends Error {
  override readonly name = 'FileMissingError'
}

/**
 * Imports a late part of the page. The build calls it in place of each `import()`, instead of Vite's own helper. Firefox
 * never tries an import again that has failed once, and Vite's helper never a style sheet, until the page is reloaded. So
 * nothing is imported before all its files are in the browser's cache.
 * @param load imports the part
 * @param files of the part, relative to the importer; none if the part is a single script
 * @returns what `load` returns
 * @throws {Error} a file could not be loaded; may be tried again
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script, which keeps failures
 */
export async function importPart<T>(
  load: () => Promise<T>,
  files: readonly string[] | undefined,
  importer: string,
): Promise<T> {
  const wanted = files?.length ? files : scriptIn(load)
  await Promise.all(wanted.map((file) => arrival(new URL(file, importer).href)))
  return load()
}

/** The build names no file for a part that is a single script. Its name is in `import("./name.js")`. */
function scriptIn(load: () => unknown): string[] {
  const name = /import\(["'`](\.\/[^"'`]+)["'`]\)/.exec(String(load))?.[1]
  return name === undefined ? [] : [name]
}

const arrivals = new Map<string, Promise<void>>()

/** @returns resolves once the file is there; a failure isn't kept */
function arrival(url: string): Promise<void> {
  const known = arrivals.get(url)
  if (known) return known
  const arriving = url.endsWith('.css') ? styleSheet(url) : script(url)
  arrivals.set(url, arriving)
  arriving.catch(() => arrivals.delete(url))
  return arriving
}

async function script(url: string): Promise<void> {
  const response = await fetch(url)
  // The import then takes it from the cache.
  await response.arrayBuffer()
  const isScript = /javascript/.test(response.headers.get('content-type') ?? '')
  if (!response.ok || !isScript) throw new FileMissingError(`No script at ${url}`)
}

function styleSheet(url: string): Promise<void> {
  if ([...document.styleSheets].some(({ href }) => href === url)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = url
    link.onload = () => resolve()
    link.onerror = () => {
      link.remove()
      reject(new FileMissingError(`No style sheet at ${url}`))
    }
    document.head.append(link)
  })
}
