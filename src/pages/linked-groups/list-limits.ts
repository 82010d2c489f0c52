/** How many groups make filtering, sorting, and selecting all of them worth their place. Fewer can be seen at a glance. */
export const ENOUGH_FOR_TOOLS = 6

/** Rows per block, and the blocks that are rendered with the list: about one screen. */
export const BLOCK_ROWS = 10
export const FIRST_BLOCKS: readonly number[] = [0, 1, 2]
