import { z } from 'zod'
import type { Db } from '../../db/store.ts'
import { durationOf, type ListedJob } from '../../domain/jobs/job.ts'
import { median } from '../../domain/jobs/median.ts'
import { isOver } from '../../domain/states/status.ts'
import type { TemplateChange } from '../../domain/templates/part-changes.ts'
import type { Template } from '../../domain/templates/template.ts'
import { listJobsByIds } from '../list/listed-job.ts'
import { idOfKey } from './templates.ts'

const MAX_RUNS = 50
const MAX_CHANGES = 50

const changedParts = z.array(
  z.object({ part: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
)

/** What its last runs had in the middle; null where none came to its end. */
export type Medians = { duration: number; rejects: number } | null

export type TemplateHistory = {
  /** Its last jobs, newest first, at most 50. */
  runs: ListedJob[]
  medians: Medians
  /** What changed in it, newest first, at most 50 times. */
  changes: TemplateChange[]
}

export async function historyOf(
  db: Db,
  { key }: Pick<Template, 'key'>,
  now: Date,
): Promise<TemplateHistory> {
  const ids = await db
    .selectFrom('tallyman_job')
    .select('id')
    .where('template', '=', key)
    .orderBy('id', 'desc')
    .limit(MAX_RUNS)
    .execute()
  const runs = await listJobsByIds(
    db,
    ids.map(({ id }) => id),
  )
  return { runs, medians: mediansOf(runs, now), changes: await changesOf(db, key) }
}

async function changesOf(db: Db, key: string): Promise<TemplateChange[]> {
  const rows = await db
    .selectFrom('tallyman_template_change')
    .select(['at', 'by', 'parts'])
    .where('template_id', '=', idOfKey(key) ?? 0)
    .orderBy('id', 'desc')
    .limit(MAX_CHANGES)
    .execute()
  return rows.map((row) => ({ ...row, parts: changedParts.parse(JSON.parse(row.parts)) }))
}

/** Dry runs tell nothing of how long a run takes. */
function mediansOf(runs: ListedJob[], now: Date): Medians {
  const over = runs.filter((run) => isOver(run.status) && run.started_at !== null && !run.dry_run)
  if (over.length === 0) return null
  return {
    duration: median(over.map((run) => durationOf(run, now))),
    rejects: median(over.map(({ counters }) => counters.rejects)),
  }
}
