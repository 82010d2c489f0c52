/** A connection that is cut off, as by a VPN that ends, can stay silent for many minutes. Even a slow one is faster. */
const PATIENCE_MS = 60_000

/** A file of a part couldn't be loaded, or the response was something else. */
class FileMissingError extends Error {
  override readonly name = 'FileMissingError'
}

/**
 * Imports a late part of the page. The build calls this for each `import()`, in place of Vite's own helper. Until the
 * page is reloaded, Firefox never retries an import that failed once, and Vite's helper never retries a style sheet. So
 * a part is only imported once all its files are in the browser's cache.
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
/** Files that couldn't be loaded. The browser might have cached a wrong response, such as a proxy's sign-in page. */
const failed = new Set<string>()

/** @returns resolves once the file is there; a failure isn't kept */
function arrival(url: string): Promise<void> {
  const known = arrivals.get(url)
  if (known) return known
  const arriving = url.endsWith('.css') ? styleSheet(url) : script(url)
  arrivals.set(url, arriving)
  arriving.catch(() => {
    arrivals.delete(url)
    failed.add(url)
  })
  return arriving
}

/** After a failure, bypasses the browser's cache, and replaces what is in it. */
async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url, {
    cache: failed.has(url) ? 'reload' : 'default',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  // The browser only caches a response that is read to its end.
  await response.arrayBuffer()
  return response
}

async function script(url: string): Promise<void> {
  if (cameWithPage(url)) return
  // The import then takes it from the cache.
  const response = await fetchFile(url)
  const isScript = /javascript/.test(response.headers.get('content-type') ?? '')
  if (!response.ok || !isScript) throw new FileMissingError(`No script at ${url}`)
}

/** Whether the document names this script. Those have loaded: without them, the page wouldn't run. */
function cameWithPage(url: string): boolean {
  const named = document.querySelectorAll<HTMLElement & { src?: string; href?: string }>(
    'script[type=module],link[rel=modulepreload]',
  )
  return [...named].some(({ src, href }) => src === url || href === url)
}

async function styleSheet(url: string): Promise<void> {
  if ([...document.styleSheets].some(({ href }) => href === url)) return
  // Whether the new response is a style sheet shows when the link below loads it.
  if (failed.has(url)) await fetchFile(url).catch(() => undefined)
  await new Promise<void>((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = url
    link.onerror = () => {
      link.remove()
      reject(new FileMissingError(`No style sheet at ${url}`))
    }
    const timer = setTimeout(link.onerror, PATIENCE_MS)
    link.onload = () => {
      clearTimeout(timer)
      resolve()
    }
    document.head.append(link)
  })
}
