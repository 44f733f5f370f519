import { setTimeout as pause } from 'node:timers/promises'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import type { JobUnderTest } from './job-under-test.ts'

type MayBeGone = { isGone(): boolean }

/** Until another batch is in. */
export async function untilFurther(child: MayBeGone, subject: JobUnderTest): Promise<void> {
  const before = await findJob(subject.store.db, subject.id)
  await until(child, subject, ({ batches }) => batches > (before?.batches ?? 0) + 1)
}

/** Until the job is so, or nobody is left to bring it there. */
export async function until(
  child: MayBeGone,
  { store, id }: JobUnderTest,
  fact: (job: Job) => boolean,
): Promise<void> {
  while (!child.isGone()) {
    const job = await findJob(store.db, id)
    if (job !== undefined && (fact(job) || job.status === 'finished')) return
    await pause(2)
  }
}
