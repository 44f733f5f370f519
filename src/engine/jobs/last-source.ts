import { kindOf } from '../../db/kind.ts'
import type { Db } from '../../db/store.ts'
import { toJob } from '../ground/job-row.ts'

/** What an import is of: a template by its key, or else a table. */
type SourceOfLast = { template: string | undefined; table: string }

/**
 * How the newest import of a template, or else into a table, read its source, as its checkpoint
 * remembers it; undefined where none did.
 */
export async function lastSourceOf(db: Db, { template, table }: SourceOfLast): Promise<unknown> {
  const [column, value] =
    template === undefined
      ? (['target_table', await kindOf(db).keptName(db, table)] as const)
      : (['template', template] as const)
  const row = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where(column, '=', value)
    .where('type', '=', 'import')
    .where('repair_of', 'is', null)
    .where('checkpoint', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toJob(db, row).checkpoint?.memo
}
