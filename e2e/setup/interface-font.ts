import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where an interface font is unpacked for screenshots, laid out as in the root of a system. */
export const UNPACKED_FONT = fileURLToPath(new URL('../../node_modules/.cache/fonts', import.meta.url))

const FONTS = join(UNPACKED_FONT, 'usr/share/fonts')
const CONFIGURATION = join(UNPACKED_FONT, 'fonts.conf')

/** @returns whether the font is there */
export const hasInterfaceFont = () => existsSync(FONTS)

/**
 * Screenshots would otherwise show a minimal system's only font. Atlassian's own font is made from Inter, so that this
 * is what the page looks like in Jira.
 * @returns the environment for a browser that finds the font, in the place of Atlassian's; as it is where there is none
 */
export function fontEnvironment(): Record<string, string> {
  const { env } = process
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  if (!hasInterfaceFont()) return given
  mkdirSync(UNPACKED_FONT, { recursive: true })
  writeFileSync(
    CONFIGURATION,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${FONTS}</dir>
  <match target="pattern">
    <test name="family"><string>Atlassian Sans</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Inter</string></edit>
  </match>
</fontconfig>
`,
  )
  return { ...given, FONTCONFIG_FILE: CONFIGURATION }
}
