/** This many items in a row that fail alike: the remaining ones would, too. */
const LENGTH = 3

/** Notices when one item after the other fails for the same reason, which is then not the items' own. */
export interface Streak<T> {
  /**
   * @param error its `code` is the reason
   * @returns the items of the streak that were never returned before: each gets one more try, since otherwise the same
   *   few could stop a run again and again; none while it is too short to tell anything
   */
  add(item: T, error: unknown): readonly T[]
  end(): void
  /** Ends it, and each item may be returned again. */
  reset(): void
}

export function createStreak<T>(): Streak<T> {
  let code: unknown
  let length = 0
  let items: T[] = []
  let returned = new Set<T>()

  function begin(newCode: unknown): void {
    code = newCode
    length = 0
    items = []
  }

  return {
    add(item, error) {
      const newCode = codeOf(error)
      if (newCode !== code) begin(newCode)
      length += 1
      if (!returned.has(item)) items.push(item)
      if (length < LENGTH) return []
      const alike = items
      items = []
      for (const one of alike) returned.add(one)
      return alike
    },
    end: () => begin(undefined),
    reset() {
      begin(undefined)
      returned = new Set()
    },
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
