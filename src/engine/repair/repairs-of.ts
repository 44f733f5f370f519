import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { JobStatus } from '../../domain/states/status.ts'

const MOST_SET_ASIDE = 50

/** A linked job, and the rejects that it has taken and not rejected again. */
export type LinkedRepair = {
  job: number
  repaired: number
  /** Undefined where it is deleted. */
  status: JobStatus | undefined
}

export type SetAsideReject = { record: number; reason: string; by: string; at: string }

/** What became of a job's rejects. */
export type Repairs = {
  /** The counts that stand with the job, of the same moment as the linked jobs. */
  counts: Pick<Job, 'repaired' | 'set_aside'>
  /** The newest first. */
  linked: LinkedRepair[]
  /** The first in the source, at most 50. */
  setAside: SetAsideReject[]
  /** Of a linked job: whether the job whose rejects it imports is deleted. */
  isFirstGone: boolean
}

/**
 * The linked jobs of a job, its rejects that are set aside, and how many there are of each by now:
 * others may have repaired some since the job was read.
 */
export async function repairsOf(db: Db | Trx, job: Pick<Job, 'id'>): Promise<Repairs> {
  const taken = await takenOf(db, job.id)
  return { ...taken, setAside: taken.counts.set_aside > 0 ? await setAsideOf(db, job.id) : [] }
}

/** In one statement, so that the counts are those of the linked jobs. */
async function takenOf(db: Db | Trx, id: number): Promise<Omit<Repairs, 'setAside'>> {
  const rows = await db
    .selectFrom('tallyman_job as first')
    .leftJoin('tallyman_repair as repair', (join) =>
      join.onRef('repair.job_id', '=', 'first.id').on('repair.status', '=', 'repaired'),
    )
    .leftJoin('tallyman_job as linked', 'linked.id', 'repair.repaired_by_job')
    .select(['first.repaired as all', 'first.set_aside', 'repair.repaired_by_job as job'])
    .leftJoin('tallyman_job as origin', 'origin.id', 'first.repair_of')
    .select(['linked.status', 'first.repair_of', 'origin.id as origin'])
    .select((eb) => eb.fn.countAll<number>().as('repaired'))
    .where('first.id', '=', id)
    .groupBy(['first.repaired', 'first.set_aside', 'repair.repaired_by_job', 'linked.status'])
    .groupBy(['first.repair_of', 'origin.id'])
    .orderBy('repair.repaired_by_job', 'desc')
    .execute()
  return {
    counts: { repaired: rows[0]?.all ?? 0, set_aside: rows[0]?.set_aside ?? 0 },
    linked: rows.flatMap(({ job, repaired, status }) =>
      job === null ? [] : [{ job, repaired, status: status ?? undefined }],
    ),
    isFirstGone: rows.some(({ repair_of, origin }) => repair_of !== null && origin === null),
  }
}

async function setAsideOf(db: Db | Trx, id: number): Promise<SetAsideReject[]> {
  const rows = await db
    .selectFrom('tallyman_repair')
    .select(['record', 'reason', 'by', 'at'])
    .where('job_id', '=', id)
    .where('status', '=', 'set_aside')
    .orderBy('record')
    .limit(MOST_SET_ASIDE)
    .execute()
  return rows.map(({ reason, ...row }) => ({ ...row, reason: reason ?? '' }))
}
