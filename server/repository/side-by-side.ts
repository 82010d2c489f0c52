import { spawn } from 'node:child_process'

/** A command, and the name by which it's reported. */
export interface SideBySideJob {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/**
 * Runs commands at the same time: most checks keep only one core busy. The output of each is printed in one piece when it
 * ends. Once one has failed, the others are ended.
 * @param print called with the outcome and output of each command that wasn't cut off
 * @returns the names of those that failed; none if all succeeded
 */
export async function runSideBySide(
  jobs: readonly SideBySideJob[],
  print: (text: string) => void,
): Promise<string[]> {
  const failed: string[] = []
  const ends = new Set<() => void>()

  async function run({ name, command, args }: SideBySideJob): Promise<void> {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const end = () => void child.kill()
    ends.add(end)
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
    const problem = await new Promise<string | undefined>((resolve) => {
      child.on('error', (error) => resolve(error.message))
      child.on('close', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`))
    })
    ends.delete(end)
    // What fails after that was cut off.
    if (problem !== undefined && failed.length > 0) return
    if (problem !== undefined) {
      failed.push(name)
      for (const other of ends) other()
    }
    print(`${problem === undefined ? '✓' : '✗'} ${name}${problem === undefined ? '' : `: ${problem}`}\n`)
    print(output.join(''))
  }

  await Promise.all(jobs.map(run))
  return failed
}
