import { kindOf, type FilePiece } from '../kind.ts'
import type { Db, Trx } from '../store.ts'
import { resizeFile } from './stored-files.ts'

/** Maximum size of a piece, which is read as a whole. */
export const PIECE_BYTES = 256 * 1024

/**
 * Appends bytes at a position, which becomes the end of what was there: what a lost run or request
 * wrote beyond it is removed.
 */
export async function appendPieces(
  trx: Trx,
  id: string,
  { position, bytes }: FilePiece,
): Promise<void> {
  await truncatePieces(trx, id, position)
  await addPieces(trx, id, { position, bytes })
  await resizeFile(trx, id, position + bytes.length)
}

/** Stores bytes behind those that are there, without a word in the file's own row. */
export async function addPieces(
  db: Db | Trx,
  id: string,
  { position, bytes }: FilePiece,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES)
    await db
      .insertInto('tallyman_file_piece')
      .values({ file_id: id, position: position + at, bytes: piece })
      .execute()
  }
}

/** The number of bytes that are stored in pieces. */
export async function bytesInPieces(db: Db | Trx, id: string): Promise<number> {
  const last = await db
    .selectFrom('tallyman_file_piece')
    // Not the bytes themselves.
    .select(({ fn }) => ['position', fn<number>('length', ['bytes']).as('length')])
    .where('file_id', '=', id)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last === undefined ? 0 : last.position + last.length
}

async function truncatePieces(trx: Trx, id: string, size: number): Promise<void> {
  await trx
    .deleteFrom('tallyman_file_piece')
    .where('file_id', '=', id)
    .where('position', '>=', size)
    .execute()
  if ((await bytesInPieces(trx, id)) <= size) return
  const last = await kindOf(trx).pieceAt(trx, id, size)
  if (last === undefined) return
  await trx
    .updateTable('tallyman_file_piece')
    .set({ bytes: last.bytes.subarray(0, size - last.position) })
    .where('file_id', '=', id)
    .where('position', '=', last.position)
    .execute()
}

/** Deletes the first pieces of a file; false where there are no more. */
export async function deletePieces(trx: Trx, id: string, most: number): Promise<boolean> {
  const first = trx
    .selectFrom('tallyman_file_piece')
    .select('position')
    .where('file_id', '=', id)
    .orderBy('position')
    .limit(most)
  const { numDeletedRows } = await trx
    .deleteFrom('tallyman_file_piece')
    .where('file_id', '=', id)
    .where('position', 'in', first)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows) === most
}
