import type { PoolClient } from 'pg'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import { bytesOf, fieldsOfBytes } from '../../../domain/reconcile/key.ts'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import type { Canonical } from './canonical.ts'
import type { TableShape } from './shape.ts'

/** What the ids of keys are made with. */
export type KeyIds = ReturnType<typeof keyIds>

/** What stands for a key, the same for all that the database calls equal. */
export function keyIds(plan: WritePlan, shape: TableShape, canonical: Canonical) {
  const areBytes = fieldsOfBytes(plan)
  const keys = [plan.key, plan.secondKey].map((key) =>
    key.map((field) => plan.fields.indexOf(field)),
  )
  const idOf = ({ which, values }: RecordKey): string => {
    const texts = values.map((value, at) => {
      const column = shape.fields[keys[which]?.[at] ?? -1]
      return column === undefined ? '' : canonical.keyOf(value, column)
    })
    return JSON.stringify([which, ...texts])
  }
  return {
    idOf,
    /** Of both keys of a row, so that it is known by either. */
    idsOf: (row: Row['values']): string[] =>
      ([0, 1] as const).flatMap((which) => {
        const values = (keys[which] ?? []).map((index): Value => {
          const value = row[index] ?? null
          return areBytes[index] ? bytesOf(value) : value
        })
        return values.length > 0 && !values.includes(null) ? [idOf({ which, values })] : []
      }),
    /** Asks the server for what it alone can tell of the keys of these rows. */
    async learn(rows: Row['values'][]): Promise<void> {
      for (const index of new Set(keys.flat())) {
        const column = shape.fields[index]
        if (column !== undefined)
          await canonical.learn(
            column,
            rows.map((row) => row[index]),
          )
      }
    },
  }
}

/** The keys that a job must remember, in the database: their number has no limit. */
export class SeenKeys {
  readonly #client: PoolClient
  readonly #jobId: number
  readonly #isNeeded: boolean
  readonly #seen = new Set<string>()
  #added: string[] = []

  constructor(client: PoolClient, { jobId, doubles, duplicates }: WritePlan) {
    this.#client = client
    this.#jobId = jobId
    this.#isNeeded = doubles !== 'update' || duplicates !== 'update'
  }

  /** Looks which of these were remembered before. */
  async load(ids: string[]): Promise<void> {
    if (!this.#isNeeded || ids.length === 0) return
    const { rows } = await this.#client.query<[string]>({
      text: 'select key from tallyman_key where job_id = $1 and key = any ($2::text[])',
      values: [this.#jobId, ids],
      rowMode: 'array',
    })
    for (const [key] of rows) this.#seen.add(key)
  }

  has(id: string): boolean {
    return this.#isNeeded && this.#seen.has(id)
  }

  add(ids: string[]): void {
    if (!this.#isNeeded) return
    const fresh = ids.filter((id) => !this.#seen.has(id))
    for (const id of fresh) this.#seen.add(id)
    this.#added.push(...fresh)
  }

  async save(): Promise<void> {
    const added = this.#added
    this.#added = []
    if (added.length === 0) return
    await this.#client.query(
      `insert into tallyman_key (job_id, key) select $1, unnest($2::text[]) on conflict do nothing`,
      [this.#jobId, added],
    )
  }
}
