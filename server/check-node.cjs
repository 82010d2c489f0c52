/* Runs first, on any Node.js version: no syntax newer than ES5, and no dependencies. */
'use strict'

var OLDEST_MAJOR = 20
var OLDEST_MINOR = 20

var version = process.versions.node.split('.')
var major = Number(version[0])
var minor = Number(version[1])

if (major < OLDEST_MAJOR || (major === OLDEST_MAJOR && minor < OLDEST_MINOR)) {
  process.stderr.write(
    'This project needs Node.js ' +
      OLDEST_MAJOR +
      '.' +
      OLDEST_MINOR +
      ' or newer; this is ' +
      process.versions.node +
      '.\n',
  )
  process.exit(1)
}
