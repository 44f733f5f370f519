import { requireColumns } from '../fields/lacked-columns.ts'
import { futureTable } from '../plan/future-table.ts'
import { inferTable } from '../plan/infer-table.ts'
import { matchColumns } from '../plan/mapping.ts'
import { planOf, type ImportPlan } from '../plan/match-table.ts'
import type { OpenPreview } from './open-preview.ts'

/**
 * The plan of an import, as far as its first records tell it; `table` is the target as it is, or as
 * it will be created.
 * @throws UnusableError if the specification names unknown columns or fields
 */
export function previewPlan({
  profile,
  header,
  records,
  table: found,
  typing,
}: OpenPreview): ImportPlan {
  const { specification, reader, memo } = profile
  requireColumns(header, specification)
  const texts = records.map((record) => record.read().fields)
  const made = inferTable(header, texts, specification, { isTyped: reader.isTyped, typing })
  const table = found ?? futureTable(made, typing)
  const mapping = matchColumns(header, table, specification)
  const inferred = found === undefined ? made.inferred : []
  return planOf(table, mapping, { specification, memo: { ...memo, inferred } })
}
