import type { FilePiece } from '../../kind.ts'
import type { Db, Trx } from '../../store.ts'

export async function pieceAt(
  db: Db | Trx,
  id: string,
  position: number,
): Promise<FilePiece | undefined> {
  const piece = await db
    .selectFrom('tallyman_file_piece')
    .select(['position', 'bytes'])
    .where('file_id', '=', id)
    .where('position', '<=', position)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (piece === undefined || piece.position + piece.bytes.length <= position) return undefined
  return piece
}
