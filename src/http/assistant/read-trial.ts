import type { TrialFound } from '../../../views/assistant/trial.tsx'
import { SHOWN_REASONS } from '../../../views/rejects/reject-reasons.tsx'
import type { Db } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { inMotion } from '../../domain/states/status.ts'
import { changesOf } from '../../engine/ground/changes.ts'
import { jobWarnings, NO_WARNINGS } from '../../engine/jobs/warnings.ts'
import { asTrial, lastTrial } from '../../engine/lifecycle/try-out.ts'
import { listReasons } from '../../engine/rejects/rejects.ts'
import type { ImportJob } from './step.ts'

/** The last trial of a job, and what it found. */
export async function readTrial(db: Db, job: ImportJob): Promise<TrialFound | undefined> {
  const trial = await lastTrial(db, job.id)
  if (trial === undefined) return undefined
  const of = trialOf(job, trial)
  if (inMotion(trial.status)) return { trial, ...of, kinds: [], changes: [], warnings: NO_WARNINGS }
  return {
    trial,
    ...of,
    kinds: await listReasons(db, trial.id, { examples: SHOWN_REASONS }),
    changes: await changesOf(db, trial.id),
    warnings: await jobWarnings(db, trial.id),
  }
}

/** How many records were tried, and whether the job is another one by now. */
function trialOf(job: ImportJob, { type, specification: tried }: Job) {
  if (type !== 'import') return { records: undefined, isStale: true }
  const isOf = (records: number | undefined) =>
    JSON.stringify(asTrial(job.specification, records)) === JSON.stringify(tried)
  if (isOf(undefined)) return { records: undefined, isStale: false }
  const { firstRecord, lastRecord } = tried
  const records = lastRecord === null ? undefined : lastRecord - firstRecord + 1
  return { records, isStale: !isOf(records) }
}
