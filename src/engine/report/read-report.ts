import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Sample } from '../../domain/jobs/pace.ts'
import type { ListedReject, RawHead } from '../../domain/records/reject.ts'
import { inSnapshot } from '../ground/in-snapshot.ts'
import { requireJob } from '../jobs/jobs.ts'
import { journalExtract, type JournalExtract } from './journal-extract.ts'
import { listRejectKinds, type RejectKind } from '../rejects/reject-kinds.ts'
import { withLines, type LineRanges } from '../repair/line-ranges.ts'
import { repairsOf, type Repairs } from '../repair/repairs-of.ts'
import { exampleRejects } from '../rejects/rejects.ts'
import { samplesOf } from '../ground/samples.ts'
import { jobWarnings, type Warnings } from '../jobs/warnings.ts'

export type JobReport = {
  job: Job
  samples: Sample[]
  warnings: Warnings
  journal: JournalExtract
  rejects: RejectsExtract
  repairs: Repairs
}

export type RejectsExtract = {
  /** Most frequent first, each with its first rejects. */
  kinds: (RejectKind & { examples: (ListedReject & RawHead)[]; lines: LineRanges })[]
  /** The number of messages of all kinds, also of those left out. */
  messages: number
  kindsLeftOut: number
}

export type ReportLimits = { entriesEach: number; kinds: number; examplesEach: number }

/**
 * All the data of a job's report, read in one snapshot, so that the figures of a running job agree
 * with one another. The amount read does not grow with the job.
 * @throws NotFoundError
 */
export async function readReport(
  db: Db,
  jobId: number,
  { entriesEach, ...limits }: ReportLimits,
): Promise<JobReport> {
  return await inSnapshot(db, async (trx) => {
    const job = await requireJob(trx, jobId)
    return {
      job,
      samples: await samplesOf(trx, jobId),
      warnings: await jobWarnings(trx, jobId),
      journal: await journalExtract(trx, jobId, { each: entriesEach }),
      rejects: await rejectsExtract(trx, job, limits),
      repairs: await repairsOf(trx, job),
    }
  })
}

async function rejectsExtract(
  trx: Trx,
  job: Job,
  { kinds, examplesEach }: Omit<ReportLimits, 'entriesEach'>,
): Promise<RejectsExtract> {
  const all = await listRejectKinds(trx, job.id)
  const examples = await exampleRejects(trx, job.id, { kinds, each: examplesEach })
  return {
    kinds: await withLines(trx, job, examples),
    messages: all.reduce((sum, { count }) => sum + count, 0),
    kindsLeftOut: Math.max(0, all.length - kinds),
  }
}
