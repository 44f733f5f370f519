import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { JobStatus } from '../../domain/states/status.ts'

const MOST_LINKED = 20
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
  /** The newest first, at most 20. */
  linked: LinkedRepair[]
  /** The first in the source, at most 50. */
  setAside: SetAsideReject[]
}

/** The linked jobs of a job and its rejects that are set aside. */
export async function repairsOf(
  db: Db | Trx,
  { id, repaired, set_aside }: Pick<Job, 'id' | 'repaired' | 'set_aside'>,
): Promise<Repairs> {
  return {
    linked: repaired > 0 ? await linkedOf(db, id) : [],
    setAside: set_aside > 0 ? await setAsideOf(db, id) : [],
  }
}

async function linkedOf(db: Db | Trx, id: number): Promise<LinkedRepair[]> {
  const rows = await db
    .selectFrom('tallyman_repair as repair')
    .leftJoin('tallyman_job as linked', 'linked.id', 'repair.repaired_by_job')
    .select(['repair.repaired_by_job as job', 'linked.status'])
    .select((eb) => eb.fn.countAll<number>().as('repaired'))
    .where('repair.job_id', '=', id)
    .where('repair.status', '=', 'repaired')
    .groupBy(['repair.repaired_by_job', 'linked.status'])
    .orderBy('repair.repaired_by_job', 'desc')
    .limit(MOST_LINKED)
    .execute()
  return rows.flatMap(({ job, repaired, status }) =>
    job === null ? [] : [{ job, repaired, status: status ?? undefined }],
  )
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
