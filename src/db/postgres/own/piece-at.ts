import { sql } from 'kysely'
import type { FilePiece } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'
import { onConnection } from '../ground/connection.ts'
import { CopyOut } from '../ground/copy-out.ts'

/** Of one row: the driver holds a long one several times over. */
const PART_BYTES = 32 * 1024
/** A signature, flags, and the length of an extension, of which there is none. */
const HEADER_BYTES = 11 + 4 + 4

/**
 * Reads a piece by COPY, in parts: by a SELECT, its bytes would come as hexadecimal text, for which
 * the driver takes eight times as much memory.
 */
export async function pieceAt(
  db: Db | Trx,
  id: string,
  position: number,
): Promise<FilePiece | undefined> {
  let piece: FilePiece | undefined
  let filled = 0
  let headerBytes = HEADER_BYTES
  await onConnection(db, async (client) => {
    const text = `copy (${queryFor(db, id, position)}) to stdout (format binary)`
    const copy = new CopyOut(text, (row) => {
      const part = partIn(row.subarray(headerBytes))
      headerBytes = 0
      if (part === undefined) return
      piece ??= { position: part.position, bytes: Buffer.allocUnsafeSlow(part.length) }
      filled += part.bytes.copy(piece.bytes, filled)
    })
    client.query(copy)
    await copy.over
  })
  if (piece === undefined || piece.position + piece.bytes.length <= position) return undefined
  return piece
}

/** A COPY takes no parameters. */
function queryFor(db: Db | Trx, id: string, position: number): string {
  const piece = db
    .selectFrom('tallyman_file_piece')
    .select(['position', 'bytes'])
    .where('file_id', '=', sql.lit(id))
    .where('position', '<=', sql.lit(position))
    .orderBy('position', 'desc')
    .limit(sql.lit(1))
    .as('piece')
  const size = sql.lit(PART_BYTES)
  const starts = sql<{ at: number }>`generate_series(1, length(bytes), ${size})`
  return db
    .selectFrom([piece, starts.as(sql`part (at)`)])
    .select(['position', sql`length(bytes)`.as('length')])
    .select(sql`substring(bytes from at for ${size})`.as('bytes'))
    .orderBy('at')
    .compile().sql
}

/**
 * A row of three fields, each behind its length; none at the end, which counts -1 fields
 * (postgresql.org/docs/current/sql-copy.html, "Binary Format"). Its memory is used again.
 */
function partIn(row: Buffer): (FilePiece & { length: number }) | undefined {
  if (row.readInt16BE() === -1) return undefined
  const position = Number(row.readBigInt64BE(2 + 4))
  const length = row.readInt32BE(2 + 4 + 8 + 4)
  return { position, length, bytes: row.subarray(2 + 4 + 8 + 4 + 4 + 4) }
}
