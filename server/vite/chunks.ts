import type { Plugin } from 'vite'
import { messageFiles } from '#server/messages/vite-plugin.ts'

/**
 * The scripts of the built page: one that starts with the document, one with everything else that it opens with, and one
 * for each later task. Selecting groups, the largest, needs no entry. On its own, the bundler would put whatever two of
 * them share into a file of its own: the page would load 20 files before the list, and 15 more after it.
 */
const FILES: readonly { readonly name: string; readonly modules: readonly string[] }[] = [
  { name: 'early', modules: ['early'] },
  { name: 'index', modules: ['main'] },
  {
    name: 'failure-panel',
    modules: [
      'pages/failure/failure-panel',
      'gitlab/diagnosis/silence-rules',
      // What is needed next, and small.
      'pages/linked-groups/unlink-question',
      'pages/linked-groups/selection-bar',
      'pages/instance/changed-elsewhere',
      // What the later ones share. This file is the first of them to load.
      'pages/parts/hint',
      'gitlab/instance/typed-instance-url',
      'gitlab/linkable-groups/linkable-groups',
      'gitlab/linked-groups/linked-marks',
    ],
  },
  { name: 'credentials', modules: ['account/credentials'] },
  {
    name: 'start-run',
    modules: ['pages/bulk/start-run', 'pages/bulk/bulk-panel'],
  },
  {
    name: 'connection-check',
    modules: ['pages/connection-check/connection-check-panel', 'pages/instance/choose-instance'],
  },
]

/** Everything that a file's modules import belongs to it as well, unless an earlier file has it. */
export const chunkGroups = [
  // A style sheet that every later screen needs.
  { name: 'late-theme', test: /late-theme\.css$/, priority: FILES.length },
  ...FILES.map(({ name, modules }, index) => ({
    name,
    test: (id: string) => modules.some((module) => new RegExp(`/src/${module}\\.tsx?$`).test(id)),
    priority: FILES.length - index,
  })),
  // Last, so that the code that imports the messages stays in the page's own files.
  { ...messageFiles, priority: 0 },
]

/** The modules in `src` that the page loads later to show something. */
export const LATE_SCREENS = [
  'pages/failure/failure-panel',
  'pages/link-groups/link-groups',
  'pages/bulk/bulk-panel',
  'pages/linked-groups/selection-bar',
  'pages/linked-groups/unlink-question',
  'pages/connection-check/connection-check-panel',
  'pages/instance/choose-instance',
  'pages/instance/changed-elsewhere',
]

/**
 * A Vite plugin that gives the callback page its own copy of what it shares with the page, and of what that imports.
 * Otherwise, it would load the page's file for it, and run the page.
 */
export function ownCallbackCode(): Plugin {
  return {
    name: 'own-callback-code',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer || !/\/src\/callback\.ts$|\?callback$/.test(importer)) return undefined
      if (!source.endsWith('.ts')) return undefined
      const resolved = await this.resolve(source, importer, { skipSelf: true })
      return resolved && `${resolved.id}?callback`
    },
  }
}
