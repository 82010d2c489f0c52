import { readStored } from './storage.ts'

/** @returns the locale that Jira's user had the last time, or those of the browser, the preferred one first */
export function likelyLocales(): readonly string[] {
  const stored = readStored('locale')
  return stored === null ? navigator.languages : [stored]
}
