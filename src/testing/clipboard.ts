import { onTestFinished } from 'vitest'

/**
 * Replaces the clipboard, which jsdom lacks, until the test ends.
 * @returns what was copied last
 */
export function mockClipboard(): () => string {
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
