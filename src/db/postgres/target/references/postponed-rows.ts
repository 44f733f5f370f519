import type { PoolClient } from 'pg'
import type { Row } from '../../../../domain/records/record.ts'
import { BEHIND, IN_VAIN } from './postponed.ts'

/** The postponed records of a job, for postponing and freeing them. */
export class PostponedRows {
  readonly #client: PoolClient
  readonly #jobId: number
  /** Whether there may be any. */
  isAny: boolean

  static async open(client: PoolClient, jobId: number): Promise<PostponedRows> {
    const { rows } = await client.query(
      'select from tallyman_postponed where job_id = $1 limit 1',
      [jobId],
    )
    return new PostponedRows(client, jobId, rows.length > 0)
  }

  constructor(client: PoolClient, jobId: number, isAny: boolean) {
    this.#client = client
    this.#jobId = jobId
    this.isAny = isAny
  }

  /** Whether a postponed record before this one has that key. */
  async hasEarlier(key: string, record: number): Promise<boolean> {
    const { rows } = await this.#client.query(
      `select from tallyman_postponed
       where job_id = $1 and (key = $2 or second_key = $2) and record < $3 limit 1`,
      [this.#jobId, key, record],
    )
    return rows.length > 0
  }

  async add({ record, source }: Row, keys: string[], waitsFor: string): Promise<void> {
    const [key = null, secondKey = null] = keys
    const { line, offset } = source
    const raw = Buffer.from(source.raw, 'latin1')
    this.isAny = true
    await this.#client.query(
      `insert into tallyman_postponed
         (job_id, record, line, "offset", key, second_key, waits_for, raw)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [this.#jobId, record, line, offset, key, secondKey, waitsFor, raw],
    )
  }

  /** Marks the records retried in vain for another retry. */
  async hopeAgain(): Promise<void> {
    await this.#client.query(
      `update tallyman_postponed set waits_for = substr(waits_for, 2)
       where job_id = $1 and waits_for collate "C" >= $2 and waits_for collate "C" < $3`,
      [this.#jobId, IN_VAIN, BEHIND],
    )
  }

  async freeAll(waitsFor: string[]): Promise<void> {
    if (waitsFor.length === 0) return
    await this.#client.query(
      'update tallyman_postponed set waits_for = null where job_id = $1 and waits_for = any ($2)',
      [this.#jobId, waitsFor],
    )
  }

  async freeFirst(waitsFor: string): Promise<void> {
    await this.#client.query(
      `update tallyman_postponed set waits_for = null where job_id = $1 and record =
         (select min(record) from tallyman_postponed where job_id = $1 and waits_for = $2)`,
      [this.#jobId, waitsFor],
    )
  }
}
