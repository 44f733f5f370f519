import { sql } from 'kysely'
import type { DatabaseKind } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'
import { quoteName } from '../tables/tables.ts'
import { isTextIndexed } from './check-job-text.ts'
import { findText } from './job-text.ts'
import { missingParts } from './missing-parts.ts'
import { pieceAt } from './piece-at.ts'
import { PLANNER_HINTS } from './planner-hints.ts'
import { isGone } from './is-gone.ts'

export const SQLITE: DatabaseKind = {
  schema: undefined,
  findText,
  findsTextInOrder: true,
  indexTexts: () => Promise.resolve(true),
  isTextIndexed,
  openBatch: () => Promise.resolve(),
  missingParts,
  isTallied: false,
  lastId,
  pieceAt,
  nameKey,
  keptName: (_, name) => Promise.resolve(name),
  readName: (name) => name,
  tableKey: nameKey,
  tableSql: (_, name) => Promise.resolve(quoteName(nameKey(name))),
  hints: PLANNER_HINTS,
  patience: {
    leaseMs: 10_000,
    graceMs: 10_000,
    selfStopMs: undefined,
    sweepMs: 2_000,
    pollMs: 500,
  },
  // One lock for all rows: nobody else has any, and there are no sessions.
  skipLocked: sql``,
  serializeClaims: () => Promise.resolve(),
  heldLocks: () => Promise.resolve(new Set()),
  endSessions: () => Promise.resolve(),
  isGone: (_db, process) => Promise.resolve(isGone(process)),
  wakeWorkers: () => Promise.resolve(),
}

/** The AUTOINCREMENT counter (sqlite.org/autoinc.html), which is rolled back with a transaction. */
async function lastId(db: Db | Trx, table: string): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(seq) as last from sqlite_sequence where name = ${table}`.execute(db)
  return rows[0]?.last ?? 0
}

/** SQLite ignores the case of ASCII letters only. */
function nameKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
