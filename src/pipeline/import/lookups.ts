import type { Store, Trx } from '../../db/store.ts'
import type { FieldCheck } from '../../domain/specification/fields/checks.ts'
import { shorten } from '../../domain/texts/shorten.ts'
import { textOf } from './fields/check-value.ts'
import type { ImportPlan } from './plan/match-table.ts'
import type { FieldProblem, ValidatedRecord } from './validate.ts'

type Lookup = { at: number; field: string; check: Extract<FieldCheck, { kind: 'exists' }> }

/** Returns a function that checks which values exist in other tables; undefined without any. */
export function lookupsOf(
  store: Pick<Store, 'tables'>,
  { mapping, options }: Pick<ImportPlan, 'mapping' | 'options'>,
): ((trx: Trx, records: ValidatedRecord[]) => Promise<void>) | undefined {
  const lookups = mapping.fields.flatMap(({ name }, at): Lookup[] => {
    const checks = options[at]?.checks ?? []
    return checks.flatMap((check) => (check.kind === 'exists' ? [{ at, field: name, check }] : []))
  })
  if (lookups.length === 0) return undefined
  return async (trx, records) => {
    for (const lookup of lookups) await look(store, trx, { lookup, records })
  }
}

async function look(
  { tables }: Pick<Store, 'tables'>,
  trx: Trx,
  { lookup, records }: { lookup: Lookup; records: ValidatedRecord[] },
): Promise<void> {
  const { at, field, check } = lookup
  const { table, column, policy } = check
  const textIn = ({ values, outcome }: ValidatedRecord) =>
    outcome === undefined ? textOf(values[at]) : ''
  const values = [...new Set(records.map(textIn).filter((text) => text !== ''))]
  if (values.length === 0) return
  const found = await tables.existing(trx, table, { column, values })
  for (const record of records) {
    const text = textIn(record)
    if (text === '' || found.has(text)) continue
    const params = { value: shorten(text), table, column }
    addProblem(record, at, { field, message: { code: 'TLY-3035', params }, policy })
  }
}

function addProblem(record: ValidatedRecord, at: number, problem: FieldProblem): void {
  record.problems = [...record.problems, problem]
  if (problem.policy === 'warn') record.values[at] = undefined
  const isUnfit = record.problems.some(({ policy }) => policy !== 'warn')
  if (isUnfit) record.unfit = record.problems.map(({ field }) => field)
}
