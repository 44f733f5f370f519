import { sql } from 'kysely'
import type { ColumnInfo } from '../../../domain/records/table.ts'
import type { WantedValues } from '../../../domain/records/record.ts'
import type { Db, Trx } from '../../store.ts'
import { quoteName } from '../ground/names.ts'
import { describeTable } from './describe.ts'
import { sqlNameOf } from '../ground/find-table.ts'

/**
 * Which of these values a column has. Values of whole numbers and texts are compared in their type,
 * so that an index serves; all others as texts. A text that is no such number is not sent, because
 * its error would end the transaction.
 */
export async function existingValues(
  db: Db | Trx,
  table: string,
  { column: name, values }: WantedValues,
): Promise<Set<string>> {
  const column = (await describeTable(db, table))?.columns.find((one) => one.name === name)
  const { cell, given, takes } = comparison(column?.type, quoteName(name))
  const wanted = values.filter(takes)
  if (wanted.length === 0) return new Set()
  const from = await sqlNameOf(db, table)
  const { rows } = await sql<{ given: string }>`
    select given from unnest(${wanted}::text[]) as given where exists
      (select 1 from ${sql.raw(from)} as t where ${sql.raw(`${cell} = ${given}`)})`.execute(db)
  return new Set(rows.map((row) => row.given))
}

function comparison(type: ColumnInfo['type'] | undefined, name: string) {
  if (type === 'integer') return { cell: `t.${name}`, given: 'given::int8', takes: isInt64 }
  if (type === 'number') {
    return { cell: `t.${name}::numeric`, given: 'given::numeric', takes: isDecimal }
  }
  return { cell: `t.${name}::text`, given: 'given', takes: () => true }
}

function isInt64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,200}(\.\d{1,200})?$/.test(text)
}
