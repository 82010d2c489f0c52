/** How many groups are linked or unlinked at once unless `config.json` says otherwise. */
export const DEFAULT_CONCURRENCY = 4
