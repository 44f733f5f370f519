import { Kysely, type Dialect, type TransactionBuilder } from 'kysely'
import type { Database } from '../../schema.ts'
import type { Trx } from '../../store.ts'
import type { WriteLockQueue } from './write-lock-queue.ts'

/**
 * There is a single connection, and a transaction holds it exclusively. So a transaction that waits
 * for the write lock releases the connection between two tries, and reads can proceed.
 */
export class WaitingKysely extends Kysely<Database> {
  readonly #turns: WriteLockQueue

  constructor(dialect: Dialect, turns: WriteLockQueue) {
    super({ dialect })
    this.#turns = turns
  }

  override transaction(): TransactionBuilder<Database> {
    const once = super.transaction().setAccessMode('read write')
    return Object.assign(super.transaction(), {
      execute: <Result>(work: (trx: Trx) => Promise<Result>) =>
        this.#turns.take(() => once.execute(work)),
    })
  }
}
