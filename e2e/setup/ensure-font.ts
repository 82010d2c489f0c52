// Run before screenshots: gets a normal interface font for them where that can be, or says in one line that they do
// without. Never fails.
import { rmSync } from 'node:fs'
import { hasInterfaceFont, UNPACKED_FONT } from './interface-font.ts'
import { hasAptGet, unpackPackages } from './unpack-packages.ts'

if (!hasInterfaceFont() && hasAptGet() && !unpackPackages(UNPACKED_FONT, ['fonts-inter']))
  // What an interrupted download left.
  rmSync(UNPACKED_FONT, { recursive: true, force: true })
if (!hasInterfaceFont())
  console.error('The font Inter can’t be had here: screenshots use a font of this system.')
