/**
 * Takes the place of the hook by which Atlaskit's buttons report clicks to Atlassian's products (see vite.config.ts):
 * nothing in this page listens to them.
 * @returns the button's own handler
 */
export function usePlatformLeafEventHandler<T>({ fn }: { fn: (value: T) => void }): (value: T) => void {
  return fn
}
