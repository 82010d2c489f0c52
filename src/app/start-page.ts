/** The page's own script, which the build only preloads: see `server/vite/early-script.ts`. */
const MAIN_SCRIPT = 'link[data-main]'

/**
 * Starts the page's own code. In development, it starts by itself.
 * @throws {TypeError} it could not be loaded
 */
export async function startPage(): Promise<void> {
  // It's at the end of the page, which might not have arrived yet.
  if (document.readyState === 'loading')
    await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }))
  const script = document.querySelector<HTMLLinkElement>(MAIN_SCRIPT)
  if (script) await import(/* @vite-ignore */ script.href)
}
