import { Kysely, type Dialect, type TransactionBuilder } from 'kysely'
import type { Database } from '../../schema.ts'
import type { Trx } from '../../store.ts'
import type { WriteLockQueue } from './write-lock-queue.ts'

/**
 * There is one connection, and who has it keeps all others from it. So a transaction that has to
 * wait for the write lock gives it back between two tries: what only reads goes on meanwhile.
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
