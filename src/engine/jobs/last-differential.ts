import { sql } from 'kysely'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import { windowIn, type ChangeMark } from '../../domain/records/change-window.ts'
import type { ExportJob } from '../../domain/jobs/job.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { isNativeKey } from '../../domain/templates/native-templates.ts'
import { toJob } from '../ground/job-row.ts'
import { findJob } from './jobs.ts'

const MOST = 50

/**
 * The last finished run of the job's template that exported the same rows with no fewer columns, of
 * the 50 newest, and up to where it came. The last is the one that began last: it wrote all that the
 * others did.
 */
export async function lastDifferential(
  db: Db | Trx,
  { specification, template }: Pick<ExportJob, 'specification' | 'template'>,
): Promise<{ job: number; mark: ChangeMark | null } | undefined> {
  if (template === null || specification.differential === null) return undefined
  const rows = await db
    .selectFrom('tallyman_job')
    .selectAll()
    .where('template', '=', template)
    .where('type', '=', sql.lit('export'))
    .where('status', '=', 'finished')
    .where('specification', 'like', '%"differential":"%')
    // The others were about tables of another database.
    .where('id', '>', sql<number>`coalesce((select last_job from tallyman_move), 0)`)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  const asked = rowsOf(db, specification)
  const runs = rows
    .map((row) => toJob(db, row))
    .flatMap((job) => {
      const window = windowIn(job.checkpoint?.memo)
      const isSame =
        job.type === 'export' &&
        rowsOf(db, job.specification) === asked &&
        hasColumns(db, job.specification, specification)
      return isSame && window !== undefined ? [{ ...job, mark: window.upTo }] : []
    })
  const [last] = runs.toSorted((a, b) => startOf(b) - startOf(a) || b.id - a.id)
  return last && { job: last.id, mark: last.mark }
}

/** What two exports have in common that write the same rows. */
function rowsOf(db: Db | Trx, { table, differential, filter }: ExportSpecification): string {
  const { nameKey, tableKey } = kindOf(db)
  return JSON.stringify([tableKey(table), nameKey(differential ?? ''), filter])
}

/** Whether an export writes all columns of another, of which no change was in a file else. */
function hasColumns(db: Db | Trx, given: ExportSpecification, asked: ExportSpecification): boolean {
  if (given.columns.length === 0) return true
  const { nameKey } = kindOf(db)
  const names = new Set(given.columns.map(nameKey))
  return asked.columns.length > 0 && asked.columns.every((name) => names.has(nameKey(name)))
}

function startOf({ started_at: at }: Pick<ExportJob, 'started_at'>): number {
  return at === null ? 0 : Date.parse(at)
}

/** Whether the next run of a template goes by this job, so that it is kept. */
export async function isLastDifferential(db: Db | Trx, id: number): Promise<boolean> {
  const job = await findJob(db, id)
  if (job?.type !== 'export' || job.status !== 'finished' || job.template === null) return false
  if (!isNativeKey(job.template) && !(await isTemplate(db, job.template))) return false
  return (await lastDifferential(db, job))?.job === id
}

async function isTemplate(db: Db | Trx, key: string): Promise<boolean> {
  const found = db
    .selectFrom('tallyman_template')
    .select('id')
    .where(sql`cast(id as text)`, '=', key)
  return (await found.executeTakeFirst()) !== undefined
}
