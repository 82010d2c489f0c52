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
