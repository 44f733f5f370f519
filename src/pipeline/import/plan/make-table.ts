import type { NewTable, Store, Trx } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { ImportPlan } from './match-table.ts'
import type { RunPorts } from '../../ports.ts'

/**
 * Creates the table.
 * @returns the journal message
 */
export async function createTable(store: Store, trx: Trx, table: NewTable): Promise<Message> {
  await store.tables.create(trx, table)
  const columns = table.columns.map((column) => `${column.name} ${column.type}`).join(', ')
  return { code: 'TLY-1015', params: { table: table.name, columns } }
}

/** The table's name in the specification. */
type Called = { called: string }

/**
 * Creates an index for each key without one.
 * @returns the journal messages
 */
export async function indexKeys(
  store: Store,
  trx: Trx,
  { table, key, secondKey, called }: Pick<ImportPlan, 'table' | 'key' | 'secondKey'> & Called,
  announceLongStatement: RunPorts['announceLongStatement'],
): Promise<Message[]> {
  const made: Message[] = []
  for (const one of [key, secondKey]) {
    if (one.length > 0 && !table.isVirtual && !table.isView && !hasIndex(table, one)) {
      announceLongStatement()
      made.push(await createIndex(store, trx, { table, called }, one))
    }
  }
  return made
}

async function createIndex(
  store: Store,
  trx: Trx,
  { table, called }: { table: TableInfo } & Called,
  columns: string[],
): Promise<Message> {
  const index = await store.tables.createIndex(trx, table.name, columns)
  return { code: 'TLY-1014', params: { index, table: called, columns: columns.join(', ') } }
}

/** An index serves a key if its first columns are those of the key, in any order. */
function hasIndex({ indexes }: TableInfo, key: string[]): boolean {
  return indexes.some((index) => {
    const head = index.slice(0, key.length)
    return head.length === key.length && key.every((column) => head.includes(column))
  })
}
