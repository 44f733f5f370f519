import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { ReadPlan, RowPosition } from '../../export-rows.ts'
import { isSorted } from '../../../domain/records/rows-wanted.ts'
import { orderSql } from '../../row-filter.ts'
import { quoteName, quoteText } from '../ground/names.ts'
import { whereSql } from '../ground/where-sql.ts'
import type { CatalogColumn } from '../tables/read-columns.ts'
import type { OddValues } from './encode-rows.ts'

type Source = {
  from: string | undefined
  columns: CatalogColumn[]
  after: RowPosition
  /** COPY's options for another format than its own. */
  format: string | undefined
}

/** The COPY statement for the rows after a position; in COPY's format, each is followed by its key. */
export function copyText(plan: ReadPlan, { from, columns: known, after, format }: Source) {
  const { table, columns } = plan
  const keys = isSorted(plan.wanted) ? [] : table.primaryKey
  const written = columns.map((name) => writtenAs(table.columns, name))
  const select = [...written, ...(format === undefined ? keys.map(quoteName) : [])].join(', ')
  const source = from ?? quoteName(table.name)
  return `copy (select ${select} from ${source} ${behind(plan, keys, known, after)}) to stdout${format === undefined ? '' : ` (${format})`}`
}

function behind(
  { wanted }: ReadPlan,
  keys: string[],
  known: CatalogColumn[],
  after: RowPosition,
): string {
  const where = whereSql(wanted.filter)
  if (keys.length === 0) {
    const by = orderSql(wanted, quoteName)
    const passed = after === null ? 0 : Number(after[0])
    return [
      where === undefined ? '' : `where ${where}`,
      by === '' ? '' : `order by ${by}`,
      wanted.most === null ? '' : `limit ${Math.max(0, wanted.most - passed)}`,
      passed === 0 ? '' : `offset ${passed}`,
    ].join(' ')
  }
  const by = keys.map(quoteName).join(', ')
  const values = after?.map((value, at) => {
    const type = known.find(({ name }) => name === keys[at])?.sqlType ?? 'text'
    return `${quoteText(String(value))}::${type}`
  })
  const conditions = [
    ...(values === undefined ? [] : [`(${by}) > (${values.join(', ')})`]),
    ...(where === undefined ? [] : [where]),
  ]
  return `${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`} order by ${by}`
}

/** Booleans as `true` or `false`, all else in the server's text format: bytes as `\x00ff`. */
function writtenAs(columns: ColumnInfo[], name: string): string {
  const type = columns.find((column) => column.name === name)?.type
  return type === 'boolean' ? `${quoteName(name)}::text` : quoteName(name)
}

/** Values that an import into the same table would change: a null may become the default. */
export function oddValues({ table, columns }: ReadPlan): OddValues[] {
  return columns.map((name) => {
    const column = table.columns.find((one) => one.name === name)
    if (column === undefined) throw new Error('a column was chosen that the table has not')
    if (table.isView || column.generated) return { isNullOdd: false, isEmptyOdd: false }
    const takesTexts = column.type === 'text' || column.type === 'any'
    const isOnlyText = columns.length === 1 && takesTexts
    // Bytes have at least their sign: \x.
    const mayBeEmpty = takesTexts || column.type === 'blob'
    return {
      isNullOdd:
        // A lone null cell is exported as an empty text, since an empty line is no record.
        isOnlyText ||
        (column.nullable && column.defaultSql !== null && !/^null\b/i.test(column.defaultSql)),
      isEmptyOdd: !mayBeEmpty,
    }
  })
}
