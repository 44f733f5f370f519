import { createHash, type Hash } from 'node:crypto'
import { completeFile, createFile, findFile } from '../../db/files/stored-files.ts'
import { appendPieces } from '../../db/files/pieces.ts'
import type { FilePiece } from '../../db/kind.ts'
import type { Db, SourceBytes, Trx } from '../../db/store.ts'
import { hashHead } from '../files/own-file.ts'
import { PieceReader } from '../files/piece-reader.ts'
import type { Seal } from './part-file.ts'

/**
 * The output of an export that is kept in the database. What is written goes in with the next
 * commit, in its transaction: so the file and the checkpoint never disagree.
 */
export class StoredPart {
  readonly #id: string
  readonly #hash: Hash
  #held: FilePiece | undefined

  private constructor(id: string, hash: Hash) {
    this.#id = id
    this.#hash = hash
  }

  /** The first write removes what an earlier run has written. */
  static create(id: string): StoredPart {
    return new StoredPart(id, createHash('sha256'))
  }

  /** Goes on after `size` bytes; undefined where their hash differs or they are gone. */
  static async reopen(
    db: Db,
    id: string,
    { size, sha256, ...reading }: Seal & SourceBytes,
  ): Promise<StoredPart | undefined> {
    const file = await findFile(db, id)
    if (file === undefined || file.size < size) return undefined
    const hash = await hashHead(new PieceReader(db, file), size, undefined, reading)
    return hash?.copy().digest('hex') === sha256 ? new StoredPart(id, hash) : undefined
  }

  /** SHA-256 of all written bytes, in hexadecimal. */
  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Holds the bytes, at most a page, until they are saved. */
  write(bytes: Buffer, position: number): Promise<void> {
    this.#hash.update(bytes)
    this.#held = { position, bytes }
    return Promise.resolve()
  }

  /** Saves what was written, in the transaction of its checkpoint. */
  async save(trx: Trx): Promise<void> {
    const held = this.#held
    this.#held = undefined
    if (held === undefined) return
    const now = new Date()
    await createFile(trx, { id: this.#id, name: '', path: null, now, actor: '', isOfJob: true })
    await appendPieces(trx, this.#id, held)
  }

  /** Marks the file as complete, in the transaction that says so. */
  async seal(trx: Trx, seal: Seal): Promise<void> {
    await completeFile(trx, this.#id, { ...seal, now: new Date() })
  }

  /** No-op: it is complete with the commit that sealed it. */
  renameIntoPlace(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
