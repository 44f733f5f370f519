import { kindOf, type FilePiece } from '../../db/kind.ts'
import type { Db } from '../../db/store.ts'
import type { FileBytes } from './file-bytes.ts'

/** Bytes of a stored file are gone from the database. */
export class MissingPieceError extends Error {
  override name = 'MissingPieceError'
}

/** Reads a file that lies in pieces in the database; holds one piece in memory. */
export class PieceReader implements FileBytes {
  readonly #db: Db
  readonly #file: { id: string; size: number }
  #last: FilePiece | undefined

  constructor(db: Db, file: { id: string; size: number }) {
    this.#db = db
    this.#file = file
  }

  async read(buffer: Buffer, offset: number, length: number, position: number) {
    let bytesRead = 0
    const most = Math.min(length, this.#file.size - position)
    while (bytesRead < most) {
      const at = position + bytesRead
      const piece = await this.#pieceAt(at)
      const from = at - piece.position
      bytesRead += piece.bytes.copy(buffer, offset + bytesRead, from, from + most - bytesRead)
    }
    return { buffer, bytesRead }
  }

  async #pieceAt(position: number): Promise<FilePiece> {
    const last = this.#last
    const isIn =
      last !== undefined &&
      position >= last.position &&
      position < last.position + last.bytes.length
    if (isIn) return last
    const found = await kindOf(this.#db).pieceAt(this.#db, this.#file.id, position)
    if (found === undefined) throw new MissingPieceError(`no byte ${position}`)
    this.#last = found
    return found
  }
}
