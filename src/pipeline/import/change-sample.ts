import type { Store, Trx } from '../../db/store.ts'
import { MOST_CHANGES, type CellChange, type ChangedRow } from '../../domain/jobs/changed-row.ts'
import { MASK } from '../../domain/records/mask.ts'
import type { Value } from '../../domain/records/record.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { ValidatedRecord } from './validate.ts'

const MOST_FIELDS = 50
const LONGEST = 100

type Taken = Record<ChangedRow['kind'], number>
type Change = Pick<ChangedRow, 'record' | 'line' | 'kind'> & { values: (Value | undefined)[] }

/** The first rows that a dry run changes, with their cells before and after. */
export class ChangeSample {
  readonly #store: Store
  #taken: Taken = { inserted: 0, updated: 0, deleted: 0 }
  #changes: Change[] = []

  /** @param store the store of the job, in which the dry run changes nothing */
  constructor(store: Store) {
    this.#store = store
  }

  /** Begins a batch; what an earlier one took is kept once it is committed. */
  begin(): void {
    this.#changes = []
  }

  /** Notes the first changes among these records. */
  note(records: readonly ValidatedRecord[]): void {
    for (const { record, source, values, outcome } of records) {
      const kind = outcome?.kind
      if (kind !== 'inserted' && kind !== 'updated' && kind !== 'deleted') continue
      const count = this.#changes.filter((change) => change.kind === kind).length
      if (this.#taken[kind] + count >= MOST_CHANGES[kind]) continue
      this.#changes.push({ record, line: source.line, kind, values: [...values] })
    }
  }

  /** Reads the rows of this batch before and after it. */
  async read(plan: ImportPlan, trx: Trx, after: Trx): Promise<ChangedRow[]> {
    const rows: ChangedRow[] = []
    if (this.#changes.length === 0) return rows
    const { tables } = this.#store
    const isThere = (await tables.describe(trx, plan.table.name)) !== undefined
    for (const { values, ...change } of this.#changes) {
      const places = { tables, before: isThere ? trx : undefined, after }
      rows.push({ ...change, cells: await cellsOf(values, plan, places) })
    }
    return rows
  }

  /** The batch is committed. */
  keep(): void {
    for (const { kind } of this.#changes) this.#taken[kind]++
    this.#changes = []
  }
}

type Places = { tables: Store['tables']; before: Trx | undefined; after: Trx }

async function cellsOf(
  values: Change['values'],
  plan: ImportPlan,
  { tables, before, after }: Places,
): Promise<CellChange[]> {
  const { table, mapping, key, mask } = plan
  const fields = mapping.fields.map(({ name }) => name)
  const where = key.map((column) => ({ column, value: values[fields.indexOf(column)] ?? null }))
  const columns = [...new Set([...key, ...fields])].slice(0, MOST_FIELDS)
  const isFound = where.length > 0 && where.every(({ value }) => value !== null)
  const rowIn = async (trx: Trx | undefined) =>
    isFound && trx !== undefined
      ? await tables.findRow(trx, table.name, { columns, where })
      : undefined
  const old = await rowIn(before)
  const now = isFound
    ? await rowIn(after)
    : columns.map((column) => textOf(values[fields.indexOf(column)]))
  return columns.map((field, at) => {
    const isMasked = mask?.fields.has(field) === true
    return { field, before: shown(old?.[at], isMasked), after: shown(now?.[at], isMasked) }
  })
}

function textOf(value: Value | undefined): string | null {
  if (value === undefined || value === null) return null
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

function shown(text: string | null | undefined, isMasked: boolean): string | null {
  if (text === null || text === undefined) return null
  if (isMasked) return MASK
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
