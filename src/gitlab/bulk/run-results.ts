/** What has become of one item of a run. */
export type ItemResult =
  | { readonly status: 'waiting' | 'running' | 'done' | 'already' }
  | { readonly status: 'failed'; readonly error: unknown }

export type ResultCounts = Readonly<Record<ItemResult['status'], number>>

/** The results of all items, and how many there are of each kind. */
export interface RunResults<T> {
  /** In the order of the items. */
  readonly all: ReadonlyMap<T, ItemResult>
  /** A copy. */
  counts(): ResultCounts
  statusOf(item: T): ItemResult['status'] | undefined
  set(item: T, result: ItemResult): void
}

const WAITING: ItemResult = { status: 'waiting' }

export function createRunResults<T>(items: readonly T[]): RunResults<T> {
  const all = new Map(items.map((item) => [item, WAITING]))
  const counts = { waiting: all.size, running: 0, done: 0, already: 0, failed: 0 }

  return {
    all,
    counts: () => ({ ...counts }),
    statusOf: (item) => all.get(item)?.status,

    set(item, result) {
      counts[all.get(item)?.status ?? 'waiting'] -= 1
      counts[result.status] += 1
      all.set(item, result)
    },
  }
}
