import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job, JobKind } from '../../domain/jobs/job.ts'
import { tablesOf, withTables } from '../../domain/templates/named-tables.ts'
import { usualLabel, type NewJob } from './new-job.ts'

/** What is stored of a job that goes by the names of its tables. */
type Kept = { kind: JobKind; names: Pick<NewJob, 'label' | 'targetTable' | 'fileName'> }

/** A job's specification with the names by which it keeps its tables, and a label that has them. */
export async function withKeptTables(
  db: Db | Trx,
  { type, specification, label, targetTable, fileName }: JobKind & Kept['names'],
): Promise<Kept> {
  const given = type === 'import' ? { type, specification } : { type, specification }
  const nameOf = await keptNames(db, [...tablesOf(given), targetTable])
  const kind = withTables(given, nameOf)
  const isUsual = label === usualLabel(given, fileName)
  return {
    kind,
    names: {
      label: isUsual ? usualLabel(kind, fileName) : label,
      targetTable: nameOf(targetTable),
      fileName,
    },
  }
}

/** The name by which a job keeps its table, which this process may have to call otherwise. */
export async function keptTableOf(
  db: Db | Trx,
  { id, target_table: called }: Pick<Job, 'id' | 'target_table'>,
): Promise<string> {
  const row = await db
    .selectFrom('tallyman_job')
    .select('target_table')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.target_table ?? called
}

/** How tables are kept that are called by these names here. */
export async function keptNames(db: Db | Trx, names: string[]): Promise<(name: string) => string> {
  const known = new Map<string, string>()
  for (const name of new Set(names)) known.set(name, await kindOf(db).keptName(db, name))
  return (name) => known.get(name) ?? name
}
