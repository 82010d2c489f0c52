import { onTestFinished } from 'vitest'

/**
 * Takes the place of the browser's clipboard, of which jsdom has none, until the test ends.
 * @returns what was copied last
 */
export function playClipboard(): () => string {
  let copied = ''
  document.execCommand = () => {
    copied = document.querySelector('textarea')?.value ?? ''
    return true
  }
  onTestFinished(() => {
    Reflect.deleteProperty(document, 'execCommand')
  })
  return () => copied
}
