import type { AsideProps } from '../../../views/job/job-aside.tsx'
import type { JobLiveProps } from '../../../views/job/job-live.tsx'
import { SHOWN_REASONS } from '../../../views/rejects/reject-reasons.tsx'
import type { JobTab } from '../../../views/tabs/tabs.tsx'
import type { Job } from '../../domain/jobs/job.ts'
import { paceOf } from '../../domain/jobs/pace.ts'
import { inMotion } from '../../domain/states/status.ts'
import { countHeldJobs } from '../../engine/ground/held-jobs.ts'
import { samplesOf } from '../../engine/ground/samples.ts'
import { jobWarnings } from '../../engine/jobs/warnings.ts'
import { lastRuns } from '../../engine/list/last-runs.ts'
import { repairsOf } from '../../engine/repair/repairs-of.ts'
import { findTemplate } from '../../engine/templates/templates.ts'
import { listReasons } from '../../engine/rejects/rejects.ts'
import type { AppDeps } from '../ground/env.ts'
import { dialectOf } from './readable-record.ts'

type Figures = Pick<JobLiveProps, 'pace' | 'warnings' | 'kinds' | 'repairs' | 'workers'>

/** The figures in a job page's head besides the job itself. */
export async function readFigures(
  { store: { db }, now, workers }: AppDeps,
  job: Job,
  tab: JobTab,
): Promise<Figures> {
  const isTold = tab === 'general' && !inMotion(job.status) && job.counters.rejects > 0
  return {
    pace: paceOf(job, await samplesOf(db, job.id), now()),
    warnings: await jobWarnings(db, job.id),
    kinds: isTold ? await listReasons(db, job.id, { examples: SHOWN_REASONS }) : [],
    repairs: tab === 'general' || tab === 'rejects' ? await repairsOf(db, job) : undefined,
    workers:
      job.status === 'start_pending' ? { ...workers(), busy: await countHeldJobs(db) } : undefined,
  }
}

/** Details beside the counters, which do not change while the job runs. */
export async function readAside(
  { store: { db } }: Pick<AppDeps, 'store'>,
  job: Job,
): Promise<Pick<AsideProps, 'found' | 'runs' | 'template'>> {
  const template = job.template === null ? undefined : await findTemplate(db, job.template)
  return { found: dialectOf(job), runs: await lastRuns(db, job), template }
}
