export type DatabaseTrouble = {
  problem:
    | 'no_room'
    | 'database_locked'
    | 'database_read_only'
    | 'database_damaged'
    | 'database_unreachable'
}

/** What the codes of a kind of database begin with, the first that fits, and what they mean. */
export type Troubles = readonly (readonly [string, DatabaseTrouble])[]
