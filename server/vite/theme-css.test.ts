import { expect, test } from 'vitest'
import { atlaskitThemeCss } from './theme-css.ts'

test('the theme follows the color mode that Jira sets on the page', async () => {
  const css = await atlaskitThemeCss()

  expect(css).toContain('html[data-color-mode="dark"][data-theme~="dark:dark"]')
  expect(css).toContain('html[data-color-mode="light"][data-theme~="light:light"]')
})

test('until a color mode is set, the theme is the one that the browser prefers', async () => {
  const css = await atlaskitThemeCss()
  const [light = '', dark = ''] = css
    .slice(css.indexOf('html:not([data-color-mode])'))
    .split('@media (prefers-color-scheme: dark)')

  expect(light).toMatch(/color-scheme: light;[^}]*--ds-surface: #FFFFFF/)
  expect(dark).toMatch(/html:not\(\[data-color-mode\]\) \{\s+color-scheme: dark;[^}]*--ds-surface: #1/)
})

test('spacing and typography apply whatever the host’s themes are called', async () => {
  const css = await atlaskitThemeCss()

  expect(css).toMatch(/^html \{\s+--ds-space-0:/m)
  expect(css).toMatch(/^html \{\s+--ds-font-heading-xxlarge:/m)
  expect(css).not.toContain('data-theme~="typography')
})
