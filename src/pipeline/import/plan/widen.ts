import type { Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { matchTable, type ImportPlan } from './match-table.ts'
import { madeTypeOf, widerType } from '../../values/infer-type.ts'

/** A value that does not fit the inferred type of its column. */
export type Narrow = { field: string; text: string }

/** Records do not fit the inferred types of the table: the batch is rolled back. */
export class TooNarrow extends Error {
  override name = 'TooNarrow'
  readonly record: number
  readonly values: Narrow[]

  constructor(record: number, values: Narrow[]) {
    super(`record ${record} needs wider types`)
    this.record = record
    this.values = values
  }
}

/**
 * Widens the types of the table for these values.
 * @returns the new plan and the journal message
 */
export async function widen(
  { store, specification }: { store: Store; specification: ImportSpecification },
  trx: Trx,
  { plan, found, rows }: { plan: ImportPlan; found: TooNarrow; rows: number },
): Promise<{ plan: ImportPlan; message: Message }> {
  const keys = [...plan.key, ...plan.secondKey]
  const wider = plan.mapping.fields.flatMap((column) => {
    const { name } = column
    const texts = found.values.filter(({ field }) => field === name).map(({ text }) => text)
    const made = madeTypeOf(column)
    if (texts.length === 0 || made === undefined) return []
    const { type, typing } = made
    return [{ name, type: widerType(type, texts, { isKey: keys.includes(name), typing }) }]
  })
  const table = plan.table.name
  const isDone = await store.tables.widen(trx, { table, columns: wider, rows })
  const columns = wider.map(({ name, type }) => `${name} ${type}`).join(', ')
  if (!isDone) {
    const names = wider.map(({ name }) => name).join(', ')
    const memo = { ...plan.memo, isFixed: true }
    return {
      plan: { ...plan, memo },
      message: { code: 'TLY-1123', params: { table, columns: names } },
    }
  }
  const texts = new Set(wider.filter(({ type }) => type === 'text').map(({ name }) => name))
  const inferred = plan.memo.inferred.filter((name) => !texts.has(name))
  return {
    plan: await matchTable(within(store, trx), specification, { ...plan.memo, inferred }),
    message: { code: 'TLY-1122', params: { table, columns, record: found.record } },
  }
}
