import { sql } from 'kysely'
import type { Db } from './store.ts'
import { InvalidInputError } from '../domain/words/errors.ts'

/** A single row, where the jobs of another database were moved here. */
export type MoveTable = {
  id: 1
  /** The address of the other database, without a password. */
  moved_from: string
  /** What the other database held when the move began; see `engine/move/fingerprint.ts`. */
  fingerprint: string
  /** Ids up to which jobs and journal entries are about tables of the other database. */
  last_job: number
  last_entry: number
  begun_at: string
  /** Up to where rows are copied, as JSON: see `engine/move/move-record.ts`. */
  copied: string | null
  /** When all were copied. */
  copied_at: string | null
  ended_at: string | null
}

/**
 * A database in the middle of a move holds a part of the jobs: nobody may act on it.
 * @throws InvalidInputError
 */
export async function requireMoved(db: Db): Promise<void> {
  const { rows } = await sql<{ moved_from: string }>`
    select moved_from from tallyman_move where ended_at is null`.execute(db)
  const [unfinished] = rows
  if (unfinished === undefined) return
  throw new InvalidInputError({ problem: 'move_unfinished', source: unfinished.moved_from })
}
