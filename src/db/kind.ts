import type { DialectAdapter, RawBuilder } from 'kysely'
import type { Db, Trx } from './store.ts'

/** Ids of jobs, as a query. */
export type JobIds = RawBuilder<{ id: number }>

/** What one kind of database can do with Tallyman's own tables, and another can't or need not. */
export type DatabaseKind = {
  /**
   * A query for the ids of jobs that may have the folded words in their `search_text`, in the order
   * of the ids for nothing; undefined where there is no index that knows.
   */
  findText(db: Db | Trx, words: string): Promise<JobIds | undefined>
  /** Whether that index holds the texts of all jobs, and no others. */
  isTextIndexed(db: Db | Trx): Promise<boolean>
  /** The same for two names of a table or column if the database takes them for one. */
  nameKey(name: string): string
  /** What migrations make and the database lacks, or has otherwise, by name. */
  missingParts(db: Db): Promise<string[]>
}

/** Told by the adapter of the dialect, which a transaction has too. */
export type KindAdapter = DialectAdapter & { readonly kind: DatabaseKind }

export function kindOf(db: Db | Trx): DatabaseKind {
  const { adapter } = db.getExecutor()
  if (isOfKind(adapter)) return adapter.kind
  throw new Error('this database was not opened by openStore')
}

function isOfKind(adapter: DialectAdapter): adapter is KindAdapter {
  return 'kind' in adapter
}
