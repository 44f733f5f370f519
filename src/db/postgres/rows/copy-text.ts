import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { ReadPlan, RowPosition } from '../../export-rows.ts'
import { quoteName, quoteText, readingsOf } from '../ground/names.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import type { OddValues } from './encode-rows.ts'

type Source = { from: string | undefined; columns: CatalogColumn[]; after: RowPosition }

/** The COPY statement for the rows after a position; each row is followed by its key. */
export function copyText({ table, columns }: ReadPlan, { from, columns: known, after }: Source) {
  const keys = table.primaryKey
  const written = columns.map((name) => writtenAs(table.columns, name))
  const select = [...written, ...keys.map(quoteName)].join(', ')
  const source = from ?? readingsOf(table.name)[0] ?? '""'
  return `copy (select ${select} from ${source} ${behind(table, known, after)}) to stdout`
}

function behind({ primaryKey }: ReadPlan['table'], columns: CatalogColumn[], after: RowPosition) {
  if (primaryKey.length === 0) return after === null ? '' : `offset ${Number(after[0])}`
  const by = primaryKey.map(quoteName).join(', ')
  if (after === null) return `order by ${by}`
  const values = after.map((value, at) => {
    const type = columns.find(({ name }) => name === primaryKey[at])?.sqlType ?? 'text'
    return `${quoteText(String(value))}::${type}`
  })
  return `where (${by}) > (${values.join(', ')}) order by ${by}`
}

/** Booleans as `true` or `false`, bytes in hexadecimal, all else in the server's text format. */
function writtenAs(columns: ColumnInfo[], name: string): string {
  const type = columns.find((column) => column.name === name)?.type
  if (type === 'boolean') return `${quoteName(name)}::text`
  return type === 'blob' ? `encode(${quoteName(name)}, 'hex')` : quoteName(name)
}

/** Values that an import into the same table would change: a null may become the default. */
export function oddValues({ table, columns }: ReadPlan): OddValues[] {
  return columns.map((name) => {
    const column = table.columns.find((one) => one.name === name)
    if (column === undefined) throw new Error('a column was chosen that the table has not')
    if (table.isView || column.generated) return { isNullOdd: false, isEmptyOdd: false }
    const takesTexts = column.type === 'text' || column.type === 'any'
    const isOnlyText = columns.length === 1 && takesTexts
    return {
      isNullOdd:
        // A lone null cell is exported as an empty text, since an empty line is no record.
        isOnlyText || (column.defaultSql !== null && !/^null\b/i.test(column.defaultSql)),
      isEmptyOdd: !takesTexts,
    }
  })
}
