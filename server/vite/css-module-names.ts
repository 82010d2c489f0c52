import { basename } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Has the build read the names of a CSS module one by one. Through the module's default export, the scripts would carry
 * a table of all its names, and look each one up at run time.
 */
export function cssModuleNames(): Plugin {
  return {
    name: 'css-module-names',
    apply: 'build',
    transform: {
      filter: { id: /\.tsx$/, code: /\.module\.css/ },
      handler: (code) =>
        code.replaceAll(/\bimport (\w+) from (?=(['"])[^'"]+\.module\.css\2)/g, 'import * as $1 from '),
    },
  }
}

/**
 * The page's name for a class of a CSS module: `lgr-name` for `.name` in `linked-group-row.module.css`. Initials compress
 * better than whole names or hashes, and a unit test notices two classes of the same name.
 */
export function scopedClassName(name: string, file: string): string {
  const initials = basename(file, '.module.css')
    .split('-')
    .map((word) => word.charAt(0))
  return `${initials.join('')}-${name}`
}
