import {
  durationOf,
  keptBy,
  openRejectsOf,
  type Job,
  type ListedJob,
} from '../../domain/jobs/job.ts'
import { windowIn } from '../../domain/records/change-window.ts'
import { severalFilesOf } from '../../domain/records/source-files.ts'
import { outcomeOf } from '../../domain/jobs/outcome.ts'
import { NO_WARNINGS, warningsOfJobs, type Warnings } from '../../engine/jobs/warnings.ts'
import { repairersOf } from '../../engine/list/repairers.ts'
import { repairsOf } from '../../engine/repair/repairs-of.ts'
import { templateNames } from '../../engine/templates/templates.ts'
import { messageText, type Language } from '../../i18n/catalogue.ts'
import type { Call } from '../ground/session.ts'
import { sourceJson } from './source-json.ts'

const MAX_WARNINGS = 20

type JobJson = ReturnType<typeof jsonOf> & {
  /** Those of `repaired` that linked jobs have which are not over, or failed. */
  in_repair: number
  /** Numbers of linked jobs; what each took is told of one job. */
  repaired_by_jobs: readonly number[]
  template: string | null
}

/** Jobs as JSON; `total` and `unprocessed` are null until the end of the source has been read. */
export async function jobsJson({ store, config }: Call, jobs: ListedJob[]): Promise<JobJson[]> {
  const ids = jobs.map(({ id }) => id)
  const warnings = await warningsOfJobs(store.db, ids, { limit: MAX_WARNINGS })
  const names = await templateNames(store.db)
  const repairers = await repairersOf(store.db, jobs)
  const now = new Date()
  return jobs.map((job) => ({
    ...jsonOf(job, warnings.get(job.id) ?? NO_WARNINGS, config.language, now),
    in_repair: keptBy(repairers.get(job.id) ?? []),
    repaired_by_jobs: (repairers.get(job.id) ?? []).map((one) => one.job),
    template: job.template === null ? null : (names.get(job.template) ?? job.template),
  }))
}

/**
 * One job as JSON, with the dialect of its source, the jobs that took rejects of it, and what a
 * differential export wrote.
 */
export async function jobJson(call: Call, job: Job) {
  const { linked, counts } = await repairsOf(call.store.db, job)
  const [json] = await jobsJson(call, [{ ...job, ...counts }])
  const repaired_by = linked.map(({ job: id, repaired: rejects, status }) => ({
    id,
    rejects,
    status: status ?? null,
  }))
  return {
    ...json,
    ...filesJson(job),
    repaired_by,
    differential: differentialJson(job),
    source: sourceJson(job),
  }
}

/** null until a differential export has decided what it writes. */
function differentialJson({ checkpoint }: Job) {
  const window = windowIn(checkpoint?.memo)
  if (window === undefined) return null
  return {
    field: window.field,
    after: window.after?.text ?? null,
    up_to: window.upTo?.text ?? null,
  }
}

/** Where a job reads several files: each, and the number of its first record, once it is read. */
function filesJson(job: Job) {
  const files = severalFilesOf(job).map(({ name, size, sha256, before }) => {
    return { name, size, sha256, first_record: before === null ? null : before + 1 }
  })
  return files.length === 0 ? {} : { files }
}

function jsonOf(job: ListedJob, { entries }: Warnings, language: Language, now: Date) {
  const { counters, total } = job
  return {
    id: job.id,
    type: job.type,
    label: job.label,
    status: job.status,
    failure: job.failure_reason,
    dry_run: job.dry_run,
    outcome: outcomeOf(job),
    started_at: job.started_at,
    ended_at: job.ended_at,
    duration_ms: durationOf(job, now),
    counters: {
      total,
      ...counters,
      unprocessed: total === null ? null : total - counters.processed,
    },
    open_rejects: openRejectsOf(job),
    set_aside: job.set_aside,
    repaired: job.repaired,
    repair_of: job.repair_of,
    warnings: entries.map((entry) => ({ code: entry.code, message: messageText(language, entry) })),
  }
}

/** 0: every record was written; 3: some were rejected; 1: the job did not finish. */
export function exitCodeOf({ status, counters }: Job): number {
  if (status !== 'finished') return 1
  return counters.rejects === 0 ? 0 : 3
}
