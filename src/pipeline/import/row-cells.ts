import type { Store, Trx } from '../../db/store.ts'
import type { CellChange } from '../../domain/jobs/changed-row.ts'
import { MASK } from '../../domain/records/mask.ts'
import type { Value } from '../../domain/records/record.ts'
import type { ImportPlan } from './plan/match-table.ts'

const MOST_FIELDS = 50
const LONGEST = 100

/** The values of a record, in the order of the fields of a plan. */
export type RecordValues = readonly (Value | undefined)[]

/** Cells of a row as texts of the database, in the order of `columnsOf`. */
export type RowCells = (string | null)[]

/** The columns of a row that are shown: its key, and the fields that a record fills. */
export function columnsOf({ key, mapping }: ImportPlan): string[] {
  return [...new Set([...key, ...mapping.fields.map(({ name }) => name)])].slice(0, MOST_FIELDS)
}

/** Whether a record says by which key its row is found. */
export function namesRow(plan: ImportPlan, values: RecordValues): boolean {
  return keysOf(plan, values).length > 0
}

/** The names of the row that a record is about: by the key that finds it, and by the second one. */
export function rowNames(plan: ImportPlan, values: RecordValues): string[] {
  return keysOf(plan, values).map((where) =>
    JSON.stringify(where.map(({ column, value }) => [column, textOf(value)])),
  )
}

/** The row that a record is about; undefined if there is none. */
export async function findRowOf(
  db: Store['db'] | Trx,
  { tables }: Store,
  plan: ImportPlan,
  values: RecordValues,
): Promise<RowCells | undefined> {
  const [where = []] = keysOf(plan, values)
  return await tables.findRow(db, plan.table.name, { columns: columnsOf(plan), where })
}

/** A record that has no row yet, as the cells that it gives. */
export function cellsGiven(plan: ImportPlan, values: RecordValues): RowCells {
  const fields = plan.mapping.fields.map(({ name }) => name)
  return columnsOf(plan).map((column) => textOf(values[fields.indexOf(column)]))
}

/** The cells of a row before and after; sensitive ones are masked. */
export function changesBetween(
  plan: ImportPlan,
  before: RowCells | undefined,
  after: RowCells | undefined,
): CellChange[] {
  return columnsOf(plan).map((field, at) => {
    const isMasked = plan.mask?.fields.has(field) === true
    return { field, before: shown(before?.[at], isMasked), after: shown(after?.[at], isMasked) }
  })
}

/** The keys that a record has whole values for; by the first of them its row is found. */
function keysOf({ key, secondKey, mapping }: ImportPlan, values: RecordValues) {
  const fields = mapping.fields.map(({ name }) => name)
  return [key, secondKey]
    .map((columns) =>
      columns.map((column) => ({ column, value: values[fields.indexOf(column)] ?? null })),
    )
    .filter((where) => where.length > 0 && where.every(({ value }) => value !== null))
}

/** A value as the text of a cell. */
export function textOf(value: Value | undefined): string | null {
  if (value === undefined || value === null) return null
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

function shown(text: string | null | undefined, isMasked: boolean): string | null {
  if (text === null || text === undefined) return null
  if (isMasked) return MASK
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
