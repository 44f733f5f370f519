import type { Store, Trx } from '../../../db/store.ts'
import { within } from '../../../db/within.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { matchTable, type ImportPlan } from './match-table.ts'
import { isInferredType, widerType } from '../../values/infer-type.ts'

/** A value that the type does not take which its column got after the first records. */
export type Narrow = { field: string; text: string }

/** Records hold values that the table's inferred types do not take: nothing of the batch is written. */
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

/** The plan for the table with types that take these values, and what the journal says of it. */
export async function widen(
  { store, specification }: { store: Store; specification: ImportSpecification },
  trx: Trx,
  { plan, found, rows }: { plan: ImportPlan; found: TooNarrow; rows: number },
): Promise<{ plan: ImportPlan; message: Message }> {
  const wider = plan.mapping.fields.flatMap(({ name, type }) => {
    const texts = found.values.filter(({ field }) => field === name).map(({ text }) => text)
    if (texts.length === 0 || !isInferredType(type)) return []
    return [{ name, type: widerType(type, texts) }]
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
