import type { PoolClient } from 'pg'
import { RetryBatch } from '../../../domain/words/errors.ts'
import { CopyIn } from '../ground/copy-in.ts'
import { isRefusal } from '../ground/sql-state.ts'
import type { TableShape } from '../statements/shape.ts'
import { faultOf } from '../tables/usable.ts'
import type { CopyGroup } from './expected-new.ts'

/**
 * Records of a batch that are all expected to be new go into the table by one COPY, which stays open
 * from chunk to chunk. Whether the guess was right is known when it ends.
 */
export class NewRows {
  #copy: { into: CopyIn; columns: string; rows: number; shape: TableShape } | undefined

  /** @throws RetryBatch where the database refuses any of the records so far */
  async add(client: PoolClient, shape: TableShape, group: CopyGroup): Promise<void> {
    const { columns, bytes, rows } = group
    if (this.#copy?.columns !== columns) {
      await this.end()
      const into = new CopyIn(client, `copy ${shape.sql} (${columns}) from stdin`)
      this.#copy = { into, columns, rows: 0, shape }
    }
    this.#copy.rows += rows.length
    await this.#telling(this.#copy.into.send(bytes), shape)
  }

  /** Other statements need its connection. @throws RetryBatch */
  async end(): Promise<void> {
    const copy = this.#copy
    this.#copy = undefined
    if (copy === undefined) return
    const count = await this.#telling(copy.into.end(), copy.shape)
    // A partition's own trigger swallowed some.
    if (count !== copy.rows) throw new RetryBatch()
  }

  /** After an error elsewhere: the transaction is rolled back. */
  async giveUp(): Promise<void> {
    const copy = this.#copy
    this.#copy = undefined
    await copy?.into.giveUp()
  }

  async #telling<Result>(sent: Promise<Result>, { name }: TableShape): Promise<Result> {
    try {
      return await sent
    } catch (error) {
      this.#copy = undefined
      if (isRefusal(error)) throw new RetryBatch({ cause: error })
      throw faultOf(name, 'INSERT', error) ?? error
    }
  }
}
