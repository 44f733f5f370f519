import { Hono } from 'hono'
import { Report } from '../../views/jobs/report.tsx'
import type { Db } from '../db/store.ts'
import type { Job } from '../domain/job.ts'
import { journalExtract } from '../engine/journal-extract.ts'
import { listRejectKinds } from '../engine/reject-kinds.ts'
import { exampleRejects } from '../engine/rejects.ts'
import { samplesOf } from '../engine/samples.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { jobOf } from './params.ts'
import { dialectOf, readableRecord } from './readable-record.ts'

/** Paper has its limits: so many entries from each end of the journal, and so many rejects. */
const ENTRIES_EACH = 100
const KINDS = 50
const EXAMPLES_EACH = 3

/** The job on paper. What it reads does not grow with the job. */
export function reportRoutes({ store }: AppDeps) {
  return new Hono<AppEnv>().get('/jobs/:id{[0-9]+}/report', async (c) => {
    const job = await jobOf(store.db, c)
    return c.html(
      <Report
        ui={c.get('ui')}
        job={job}
        found={dialectOf(job)}
        samples={await samplesOf(store.db, job.id)}
        journal={await journalExtract(store.db, job.id, { each: ENTRIES_EACH })}
        rejects={await readKinds(store.db, job)}
      />,
    )
  })
}

async function readKinds(db: Db, job: Job) {
  const all = await listRejectKinds(db, job.id)
  const kinds = await exampleRejects(db, job.id, { kinds: KINDS, each: EXAMPLES_EACH })
  const dialect = dialectOf(job)
  return {
    kinds: kinds.map(({ examples, ...kind }) => ({
      ...kind,
      examples: examples.map((reject) => ({
        ...reject,
        text: readableRecord(reject.raw, dialect),
      })),
    })),
    messages: all.reduce((sum, { count }) => sum + count, 0),
    kindsLeftOut: Math.max(0, all.length - KINDS),
  }
}
