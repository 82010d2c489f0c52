/** How many groups are linked or unlinked at once where `config.json` says nothing else. */
export const DEFAULT_CONCURRENCY = 4
