export type DatabaseProblem = {
  problem:
    | 'no_room'
    | 'database_locked'
    | 'database_read_only'
    | 'database_damaged'
    | 'database_unreachable'
    | 'server_away'
    | 'server_short'
    | 'database_conflict'
    | 'statement_cancelled'
}

/** Prefixes of a database's error codes and their meanings; the first match counts. */
export type ProblemCodes = readonly (readonly [string, DatabaseProblem])[]
