import { afterEach, expect, test, vi } from 'vitest'
import { claimThemes, rememberTheme, showLikelyTheme } from './theme.ts'

const { dataset } = document.documentElement

afterEach(() => {
  localStorage.clear()
  document.head.replaceChildren()
  delete dataset.colorMode
  delete dataset.theme
})

function preferDark(matches: boolean) {
  vi.spyOn(window, 'matchMedia').mockReturnValue({ matches } as MediaQueryList)
}

test.each([
  [true, 'dark'],
  [false, 'light'],
])('before Jira’s theme has ever been seen, the browser’s preference counts (dark: %s)', (isDark, theme) => {
  preferDark(isDark)
  showLikelyTheme()
  expect(dataset.colorMode).toBe(theme)
  expect(dataset.theme).toMatch(/light:light dark:dark/)
})

test('the theme that Jira had last shows at the next visit, whatever the browser prefers', async () => {
  preferDark(false)
  rememberTheme()
  for (const theme of ['light', 'dark', 'something']) {
    dataset.colorMode = theme
    await Promise.resolve()
  }
  showLikelyTheme()
  expect(dataset.colorMode).toBe('dark')
  expect(Object.values({ ...localStorage }), 'nothing but the theme is stored').toEqual(['dark'])
})

test('what something else has stored there is no theme', () => {
  preferDark(true)
  rememberTheme()
  localStorage.setItem('gitlab-for-jira.color-mode', '"><script>')
  showLikelyTheme()
  expect(dataset.colorMode).toBe('dark')
})

test('a browser that refuses the storage shows the theme that it prefers, and goes on', async () => {
  for (const method of ['getItem', 'setItem'] as const)
    vi.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError')
    })
  preferDark(true)
  rememberTheme()
  showLikelyTheme()
  await Promise.resolve()
  expect(dataset.colorMode).toBe('dark')
})

test('Atlassian’s script finds a link to each theme that the page has, and none of them loads anything', () => {
  claimThemes('https://connect-cdn.atl-paas.net/all.js')
  const link = document.querySelector(
    'link[href="https://connect-cdn.atl-paas.net/themes/atlaskit-tokens_light.css"]',
  )
  expect(link).not.toBeNull()
  for (const one of document.querySelectorAll('link')) expect(one).not.toHaveAttribute('rel')
})
