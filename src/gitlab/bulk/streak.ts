/** This many items in a row that fail alike: the remaining ones would, too. */
const LENGTH = 3

/** Notices when one item after the other fails for the same reason, which is then not the items' own. */
export interface Streak<T> {
  /**
   * @param error its `code` is the reason
   * @returns the items of the streak that were not returned before; none while it is too short to tell anything
   */
  add(item: T, error: unknown): readonly T[]
  end(): void
}

export function createStreak<T>(): Streak<T> {
  let code: unknown
  let length = 0
  let items: T[] = []

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
      items.push(item)
      if (length < LENGTH) return []
      const alike = items
      items = []
      return alike
    },
    end: () => begin(undefined),
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
