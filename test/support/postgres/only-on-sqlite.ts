/** Suites that do not run on PostgreSQL, by why. Nothing else is left out. */
export const ONLY_ON_SQLITE: Record<string, string[]> = {}
