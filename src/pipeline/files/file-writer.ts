import { createHash, randomUUID, type Hash } from 'node:crypto'
import { completeFile, createFile, growFile, type StoredFile } from '../../db/files/stored-files.ts'
import { appendPieces, PIECE_BYTES } from '../../db/files/pieces.ts'
import type { Db, Store } from '../../db/store.ts'
import type { FilesPlace } from '../../domain/specification/kept-files.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { appendToDisk, createOnDisk, pathOfNew } from './disk-place.ts'

type NewStoredFile = { name: string; actor: string }

/** Writes a stored file from its beginning, or on from where an earlier writer was interrupted. */
export class FileWriter {
  readonly id: string
  readonly #db: Db
  readonly #path: string | null
  /** Undefined where the beginning was written before: reading it again would take too long. */
  readonly #hash: Hash | undefined
  #size: number
  /** One piece, filled again and again: new ones for every piece would wait for the collector. */
  readonly #piece = Buffer.allocUnsafe(PIECE_BYTES)
  #held = 0

  private constructor(db: Db, { id, path, size }: Pick<StoredFile, 'id' | 'path' | 'size'>) {
    this.#db = db
    this.id = id
    this.#path = path
    this.#size = size
    this.#hash = size === 0 ? createHash('sha256') : undefined
  }

  /** Creates an empty file, which goes by itself where no job comes to use it. */
  static async create(
    store: Pick<Store, 'db' | 'file'>,
    place: FilesPlace,
    { name, actor }: NewStoredFile,
  ): Promise<FileWriter> {
    const id = randomUUID()
    const path = pathOfNew(place, store, id)
    // The row first: a file without a row would belong to nobody.
    await createFile(store.db, { id, name, path, now: new Date(), actor, isOfJob: false })
    if (path !== null) await createOnDisk(path)
    return new FileWriter(store.db, { id, path, size: 0 })
  }

  static goOn(db: Db, file: StoredFile): FileWriter {
    return new FileWriter(db, file)
  }

  /** Bytes that are stored, and that a later writer finds. */
  get size(): number {
    return this.#size
  }

  /** Holds less than a piece in memory. The caller may reuse the bytes. */
  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const copied = bytes.copy(this.#piece, this.#held, at)
      this.#held += copied
      at += copied
      if (this.#held === PIECE_BYTES) await this.flush()
    }
  }

  /**
   * Stores what is held.
   * @throws ConflictError where another writer has written meanwhile
   */
  async flush(): Promise<void> {
    if (this.#held === 0) return
    const bytes = this.#piece.subarray(0, this.#held)
    const [position, path] = [this.#size, this.#path]
    if (path !== null) await appendToDisk(path, bytes, position)
    await this.#db.transaction().execute(async (trx) => {
      const size = position + bytes.length
      const isGrown = await growFile(trx, this.id, { position, size, now: new Date() })
      if (!isGrown) throw new ConflictError({ problem: 'upload_taken' })
      if (path === null) await appendPieces(trx, this.id, { position, bytes })
    })
    this.#hash?.update(bytes)
    this.#size += bytes.length
    this.#held = 0
  }

  /** Stores the rest, and marks the file as complete. */
  async finish(): Promise<void> {
    await this.flush()
    const sha256 = this.#hash?.digest('hex') ?? null
    await completeFile(this.#db, this.id, { now: new Date(), size: this.#size, sha256 })
  }
}
