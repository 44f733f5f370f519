import { sql } from 'kysely'
import type { DatabaseKind } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'
import { sqlNameSeen } from '../ground/find-table.ts'
import { keptName, readElsewhere, tableKey } from './kept-name.ts'
import { findText, indexTexts } from './job-text.ts'
import { missingParts } from './missing-parts.ts'
import { pieceAt } from './piece-at.ts'
import { PLANNER_HINTS } from './planner-hints.ts'
import { endSessions, heldLocks, isGone, serializeClaims, wakeWorkers } from './sessions.ts'

export type OwnPlace = {
  /** Of Tallyman's tables; without one, they are in the first of the search path that has any. */
  schema: string | undefined
  /** Whether tables without a schema are first looked for in `public`. */
  isAtHome: boolean
}

export function kindIn({ schema, isAtHome }: OwnPlace): DatabaseKind {
  return isAtHome ? { ...POSTGRES, schema } : { ...POSTGRES, schema, readName: readElsewhere }
}

/** The server keeps an index of texts itself. */
const POSTGRES: DatabaseKind = {
  schema: undefined,
  findText,
  findsTextInOrder: false,
  indexTexts,
  isTextIndexed: () => Promise.resolve(true),
  openBatch,
  nameKey: (name) => name,
  keptName,
  readName: (kept) => kept,
  tableKey,
  tableSql: sqlNameSeen,
  hints: PLANNER_HINTS,
  isTallied: true,
  lastId,
  pieceAt,
  missingParts,
  patience: {
    leaseMs: 15_000,
    graceMs: 5_000,
    selfStopMs: 9_000,
    sweepMs: 1_000,
    pollMs: 2_000,
  },
  skipLocked: sql`for update skip locked`,
  serializeClaims,
  heldLocks,
  endSessions,
  isGone,
  wakeWorkers,
}

async function lastId(db: Db | Trx, table: string): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select pg_sequence_last_value(pg_get_serial_sequence(${table}, 'id')::regclass) as last`.execute(
    db,
  )
  return rows[0]?.last ?? 0
}

/**
 * A crash of the server may lose the last batches whole, with their checkpoint, and the job goes on
 * from the one before, as on SQLite. The end of a run waits for the disk, and so for all before it.
 */
async function openBatch(trx: Trx): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(trx)
}
