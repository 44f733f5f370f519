import type { Store } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import { UnusableError } from '../../../domain/words/errors.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ResumeState } from '../opening/resume-state.ts'
import type { SourceColumn } from '../../formats/inspection/opened-record.ts'
import { adapted } from '../../known-formats.ts'
import { mapColumns } from './mapping.ts'
import { sourceNames } from '../fields/source-names.ts'
import { withoutRejectColumns } from '../../formats/reject-columns.ts'

/** Without a usable table, no field is known. */
export async function sourceColumns(
  store: Store,
  memo: ResumeState,
  given: ImportSpecification,
): Promise<SourceColumn[]> {
  const { header } = memo
  const specification = adapted(given, memo)
  const table = await tableNow(store, specification)
  const own = withoutRejectColumns(header, specification, table)
  const fields = fieldsByColumn(own, specification, table)
  return sourceNames(header, specification).map((name, index) => ({
    name,
    field: fields.get(index),
  }))
}

async function tableNow(store: Store, { table }: ImportSpecification) {
  try {
    return await store.tables.describe(store.db, table)
  } catch (error) {
    if (error instanceof UnusableError) return undefined
    throw error
  }
}

function fieldsByColumn(
  header: string[],
  specification: ImportSpecification,
  table: TableInfo | undefined,
): Map<number, string> {
  if (table === undefined) return new Map()
  try {
    const { fields, sources } = mapColumns(header, table, specification)
    return new Map(fields.map(({ name }, at) => [sources[at] ?? -1, name]))
  } catch (error) {
    // The table may have changed since the import.
    if (error instanceof UnusableError) return new Map()
    throw error
  }
}
