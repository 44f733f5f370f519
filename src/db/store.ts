import type { Kysely, Transaction } from 'kysely'
import type { ExportRows, ReadPlan, TableInfo, Target, WritePlan } from './target.ts'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

/** One open database: Tallyman's own tables by Kysely, the user's tables by what follows. */
export type Store = {
  /** By which another process or thread opens it too. */
  url: string
  db: Db
  /** The user's tables and views by name, at most so many. */
  listTables(limit: number): Promise<TableName[]>
  /** The columns, keys and indexes of a table or view, or undefined when there is none of that name. */
  describeTable(name: string): Promise<TableInfo | undefined>
  createTable(trx: Trx, table: NewTable): Promise<void>
  /** @returns the name of the index */
  createIndex(trx: Trx, table: string, columns: string[]): Promise<string>
  openTarget(plan: WritePlan): Target
  /** Reads a table's rows in a stable order, from after a position. */
  openRows(plan: ReadPlan): ExportRows
  /** The job's revision, by a statement that stays prepared: pages ask for it again and again. */
  revisionOf(id: number): Promise<number | undefined>
  /** The same for all of these jobs that are there. */
  revisionsOf(ids: number[]): Promise<Map<number, number>>
  /** A copy of the whole database, in which a job's dry run can do everything; it is gone when closed. */
  rehearse(jobId: number): Promise<Store>
  close(): Promise<void>
}

export type TableName = { name: string; isView: boolean }

export type NewTable = {
  name: string
  columns: { name: string; type: 'integer' | 'number' | 'text' }[]
  primaryKey: string[]
}
