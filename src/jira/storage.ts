/**
 * Jira's color mode and locale at the last visit, which the page starts with. It stores nothing else. The storage
 * belongs to the app host, so GitLab's own pages can use it, too.
 */
type StoredName = 'color-mode' | 'locale'

const PREFIX = 'gitlab-for-jira.'

/** @returns what was stored, which anyone on this host could have done; null if there is nothing */
export function readStored(name: StoredName): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    // Browsers can refuse the storage of a page inside another site's.
    return null
  }
}

export function store(name: StoredName, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // The storage is full, or the browser refuses it.
  }
}
