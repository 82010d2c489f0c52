import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { create } from 'tar'

/**
 * Writes a compressed archive that depends on nothing but its content: not on the machine, the user, or the time.
 * @param path of the archive
 * @param files what is in it, by path
 * @param date the modification date of all files
 */
export async function writeTarball(
  path: string,
  files: ReadonlyMap<string, string | Buffer>,
  date: Date,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'release-'))
  try {
    const folders = new Set<string>()
    for (const [name, content] of files) {
      for (let parent = dirname(name); parent !== '.'; parent = dirname(parent)) folders.add(parent)
      await mkdir(join(folder, dirname(name)), { recursive: true })
      await writeFile(join(folder, name), content)
      // Whatever the umask: a web server's own user reads these.
      await chmod(join(folder, name), 0o644)
    }
    for (const name of folders) await chmod(join(folder, name), 0o755)
    for (const name of [...files.keys(), ...folders]) await utimes(join(folder, name), date, date)
    const names = [...files.keys(), ...folders].toSorted()
    await create(
      { file: path, cwd: folder, portable: true, noDirRecurse: true, mtime: date, gzip: { level: 9 } },
      names,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
