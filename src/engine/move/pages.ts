import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from '../../db/store.ts'
import type { MovedRow } from '../../db/take-over.ts'
import type { Value } from '../../domain/records/record.ts'
import type { OwnTable } from './own-tables.ts'

const PAGE = { rows: 5_000, bytes: 4 * 1024 * 1024 }

/** Values of a primary key: all rows up to it were read. */
export type Key = Value[]

export type PageOfRows = { rows: MovedRow[]; last: Key }

/** The rows of a table behind a key, in pages that are small enough to be held in memory. */
export async function* pagesOf(
  db: Db | Trx,
  table: OwnTable,
  after: Key | undefined,
): AsyncGenerator<PageOfRows> {
  let last = after
  for (;;) {
    const rows = await pageBehind(db, table, last)
    const end = rows.at(-1)
    if (end === undefined) return
    last = table.primaryKey.map((column) => end[column] ?? null)
    yield { rows, last }
  }
}

async function pageBehind(
  db: Db | Trx,
  table: OwnTable,
  after: Key | undefined,
): Promise<MovedRow[]> {
  const { name, primaryKey, columns } = table
  const key = sql.join(primaryKey.map((column) => sql.ref(column)))
  const behind = after === undefined ? sql`` : sql`where (${key}) > (${sql.join(after)})`
  const read = <Row>(selected: RawBuilder<unknown>, limit: number) =>
    sql<Row>`select ${selected} from ${sql.table(name)} ${behind} order by ${key} limit ${limit}`

  const sizes = await read<{ size: number }>(sizeOf(table), PAGE.rows).execute(db)
  const limit = rowsThatFit(sizes.rows.map(({ size }) => size))
  const selected = sql.join(columns.map((column) => sql.ref(column.name)))
  return (await read<MovedRow>(selected, limit).execute(db)).rows
}

/** Bytes of a row's texts and blobs, which are told without reading long ones. */
function sizeOf({ columns }: OwnTable): RawBuilder<unknown> {
  const long = columns.filter(({ conversion }) => conversion === 'text' || conversion === 'blob')
  const bytes = long.map(({ name }) => sql`coalesce(octet_length(${sql.ref(name)}), 0)`)
  return sql`${sql.join([sql.lit(0), ...bytes], sql` + `)} as size`
}

/** At least one, however long it is. */
function rowsThatFit(sizes: number[]): number {
  let bytes = 0
  const fitting = sizes.findIndex((size) => (bytes += size) > PAGE.bytes)
  return fitting === -1 ? PAGE.rows : Math.max(1, fitting)
}
