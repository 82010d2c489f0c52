/** One measured figure: what it is, and what each run gave. */
export interface Figure {
  readonly name: string
  readonly unit: 'ms' | 'bytes' | 'count' | 'ratio'
  readonly runs: readonly number[]
  /** What the median must not exceed, where there is a bar. */
  readonly atMost?: number
}

/** What is measured together, by the name that asks for it alone. */
export interface Part {
  readonly name: string
  readonly title: string
  /** How often each figure is taken unless the command says otherwise; default 5. */
  readonly usualRuns?: number
  measure(runs: number): Promise<Figure[]>
}

/** @returns the value in the middle, or the mean of the two in the middle; NaN of none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** @returns whether the median keeps to the figure's bar; undefined where it has none */
export function isHeld({ runs, atMost }: Figure): boolean | undefined {
  return atMost === undefined ? undefined : median(runs) <= atMost
}

/** @returns lines of a table: figure, median, range over the runs, bar */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, runs, atMost } = figure
    const verdict = isHeld(figure) ? 'held' : 'MISSED'
    return [
      name,
      shownValue(figure, median(runs)),
      runs.length > 1
        ? `${shownValue(figure, Math.min(...runs))} to ${shownValue(figure, Math.max(...runs))}`
        : '',
      atMost === undefined ? '' : `${verdict}: at most ${shownValue(figure, atMost)}`,
    ]
  })
  const all = [['', 'median', 'range', 'bar'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 3
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function shownValue({ unit }: Figure, value: number): string {
  const digits = unit === 'ratio' ? 3 : unit === 'ms' && value < 100 ? 1 : 0
  const number = value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits })
  return unit === 'count' || unit === 'ratio' ? number : `${number} ${unit}`
}
