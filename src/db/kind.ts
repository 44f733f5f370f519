import type { DialectAdapter, RawBuilder } from 'kysely'
import type { PlannerHints } from './planner-hints.ts'
import type { Db, Trx } from './store.ts'

/** A query for job ids. */
export type JobIds = RawBuilder<{ id: number }>

/** What the kinds of databases do differently with Tallyman's own tables. */
export type DatabaseKind = {
  /**
   * A query, without extra cost in id order, for the ids of jobs whose `search_text` may contain
   * the folded words; undefined where no index can answer.
   */
  findText(db: Db | Trx, words: string): Promise<JobIds | undefined>
  /** Whether that index holds the texts of all jobs and nothing else. */
  isTextIndexed(db: Db | Trx): Promise<boolean>
  /** Settings of the transaction of a batch, at its start. */
  openBatch(trx: Trx): Promise<void>
  /** A key that is equal for two table or column names that the database treats as one. */
  nameKey(name: string): string
  hints: PlannerHints
  /** Names of schema parts that the migrations create and that are missing or different. */
  missingParts(db: Db): Promise<string[]>
}

/** The dialect's adapter, which also reaches transactions, carries the database kind. */
export type KindAdapter = DialectAdapter & { readonly kind: DatabaseKind }

export function kindOf(db: Db | Trx): DatabaseKind {
  const { adapter } = db.getExecutor()
  if (isOfKind(adapter)) return adapter.kind
  throw new Error('this database was not opened by openStore')
}

function isOfKind(adapter: DialectAdapter): adapter is KindAdapter {
  return 'kind' in adapter
}
