import { kindOf } from '../../db/kind.ts'
import { wantedSql } from '../../db/row-filter.ts'
import type { Store } from '../../db/store.ts'
import { changedSince, type ChangeMark } from '../../domain/records/change-window.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { refusing } from '../refusing.ts'
import { firstText } from './export-rows.ts'
import { chooseColumns } from './choose-columns.ts'
import { fieldNamed, wantedRows } from './wanted-rows.ts'

/** Number of rows in a preview, and the most bytes that they take. */
const MOST = { rows: 200, bytes: 256 * 1024 }

export type ExportPreview = {
  /** The rows that are read, as a statement with the values in place. */
  sql: string
  /** The beginning of the file. */
  text: string
}

/**
 * The beginning of an export's file, read and written as the export does.
 * @param after up to where the last run of a differential export came
 * @throws InvalidInputError
 */
export async function previewExport(
  store: Store,
  specification: ExportSpecification,
  after: ChangeMark | null,
): Promise<ExportPreview> {
  return await refusing(async () => {
    const { table: name, mostRows, differential } = specification
    const table = await store.tables.describe(store.db, name)
    if (table === undefined)
      throw new InvalidInputError({ problem: 'no_table_or_view', table: name })
    const columns = chooseColumns(store, table, specification.columns)
    const names = columns.map((column) => column.name)
    const fields = { table, nameKey: kindOf(store.db).nameKey }
    const short = { ...specification, mostRows: Math.min(mostRows ?? Infinity, MOST.rows) }
    const changed =
      differential === null || after === null
        ? null
        : changedSince(fieldNamed(fields, differential).name, after)
    const wanted = wantedRows(fields, short, changed)
    const rows = store.openRows({ table, columns: names, wanted, limit: MOST, from: null })
    try {
      const text = await firstText({ run: { store, specification }, rows, columns })
      const from = await kindOf(store.db).tableSql(store.db, table.name)
      const booleans = table.columns
        .filter(({ type }) => type === 'boolean')
        .map(({ name: of }) => of)
      const sql = wantedSql({ from, booleans }, names, wantedRows(fields, specification, changed))
      // A byte order mark is no part of what the file says.
      return { sql, text: text.toString('utf8').replace(/^\ufeff/, '') }
    } finally {
      await rows.close()
    }
  })
}
