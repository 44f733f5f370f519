import type { PoolClient } from 'pg'
import type { RecordKey } from '../../../domain/reconcile/key.ts'
import { keyBytesOf, fieldsOfBytes } from '../../../domain/reconcile/key.ts'
import type { Row, Value, WritePlan } from '../../../domain/records/record.ts'
import type { CanonicalTexts } from './canonical-texts.ts'
import type { TableShape } from './shape.ts'

const PLAIN = /^[\w.@ -]*$/

export type KeyIds = ReturnType<typeof keyIds>

/** Ids of keys, the same for all keys that the database treats as equal. */
export function keyIds(plan: WritePlan, shape: TableShape, canonical: CanonicalTexts) {
  const areBytes = fieldsOfBytes(plan)
  const keys = [plan.key, plan.secondKey].map((key) =>
    key.map((field) => plan.fields.indexOf(field)),
  )
  const columns = keys.map((key) => key.map((index) => shape.fields[index]))
  const idOf = ({ which, values }: RecordKey): string => {
    let id = `[${which}`
    for (const [at, column] of columns[which]?.entries() ?? []) {
      const text = column === undefined ? '' : canonical.keyOf(values[at] ?? null, column)
      id += `,${quoted(text)}`
    }
    return `${id}]`
  }
  return {
    idOf,
    /** Ids of both keys of a row, so that either identifies it. */
    idsOf(row: Row['values']): string[] {
      const ids: string[] = []
      for (const which of [0, 1] as const) {
        const values: Value[] = []
        for (const index of keys[which] ?? []) {
          const value = row[index] ?? null
          if (value !== null) values.push(areBytes[index] ? keyBytesOf(value) : value)
        }
        if (values.length > 0 && values.length === keys[which]?.length)
          ids.push(idOf({ which, values }))
      }
      return ids
    },
    /** Asks the server for the canonical forms of these rows' keys, where needed. */
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

/** As JSON, which most keys are between quotes. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** The keys that a job must remember, stored in the database, since their number is unlimited. */
export class SeenKeys {
  readonly #client: PoolClient
  readonly #jobId: number
  /** Whether anything must be remembered. */
  readonly isNeeded: boolean
  readonly #seen = new Set<string>()
  #added: string[] = []

  constructor(
    client: PoolClient,
    {
      jobId,
      key,
      doubles,
      duplicates,
    }: Pick<WritePlan, 'jobId' | 'key' | 'doubles' | 'duplicates'>,
  ) {
    this.#client = client
    this.#jobId = jobId
    this.isNeeded = key.length > 0 && (doubles !== 'update' || duplicates !== 'update')
  }

  /** Loads which of these were remembered before. */
  async load(ids: string[]): Promise<void> {
    if (!this.isNeeded || ids.length === 0) return
    const { rows } = await this.#client.query<[string]>({
      // One by one: without statistics a server would look through all keys of the job each time.
      text: `select found.key from unnest($2::text[]) as given (key), lateral (
        select key from tallyman_key where job_id = $1 and key = given.key limit 1) as found`,
      values: [this.#jobId, ids],
      rowMode: 'array',
    })
    for (const [key] of rows) this.#seen.add(key)
  }

  has(id: string): boolean {
    return this.isNeeded && this.#seen.has(id)
  }

  add(ids: string[]): void {
    if (!this.isNeeded) return
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
