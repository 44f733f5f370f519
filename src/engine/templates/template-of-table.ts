import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { tableOf, type Template } from '../../domain/templates/template.ts'
import { formerTable } from '../jobs/former-table.ts'
import { findTemplate } from './templates.ts'

/**
 * The template of a job that gets this table: its own, or the one that it had with the table before.
 * A template that names a table has jobs of that table alone.
 */
export async function templateOfTable(
  db: Db | Trx,
  job: Pick<Job, 'id' | 'template' | 'target_table'>,
  table: string,
): Promise<string | null> {
  const { keptName, tableKey } = kindOf(db)
  if (tableKey(await keptName(db, table)) === tableKey(job.target_table)) return job.template
  const former = await formerTable(db, job, table)
  for (const key of [job.template, former?.template ?? null]) {
    const template = key === null ? undefined : await findTemplate(db, key)
    if (template !== undefined && (await mayHaveTable(db, template, table))) return key
  }
  return null
}

/** Whether a job of this table can be one of a template: it names no other. */
export async function mayHaveTable(
  db: Db | Trx,
  template: Pick<Template, 'parts'>,
  table: string,
): Promise<boolean> {
  const { keptName, tableKey } = kindOf(db)
  const own = tableOf(template)
  if (own === undefined) return true
  return tableKey(await keptName(db, own)) === tableKey(await keptName(db, table))
}
