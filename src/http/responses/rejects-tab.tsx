import type { Context } from 'hono'
import { Rejects } from '../../../views/rejects/rejects.tsx'
import type { RejectState } from '../../../views/rejects/rejects-url.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { listRejectKinds } from '../../engine/rejects/reject-kinds.ts'
import { listExamples, pageOfRejects } from '../../engine/rejects/rejects.ts'
import { withLines } from '../../engine/repair/line-ranges.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { withGlances } from './glances.ts'
import { rejectFilterOf, wholeNumber } from '../ground/params.ts'
import type { TabContent } from './tab-content.ts'

const PAGE_SIZE = 50
const KINDS_WITH_EXAMPLE = 12
/** The page of a running job is read often. */
const RECORDS_WITH_LINES = 1_000

/** The Rejects tab: their kinds, and a page of them in the order of the source. */
export async function readRejects(
  c: Context<AppEnv>,
  { store }: AppDeps,
  job: Job,
): Promise<TabContent> {
  const { db } = store
  const state: RejectState = { ...rejectFilterOf(c), cursor: c.req.query('cursor') }
  const kinds = await listRejectKinds(db, job.id)
  const examples = await listExamples(db, job.id, { kinds: KINDS_WITH_EXAMPLE, each: 1 })
  const told = await withLines(db, job, examples, { records: RECORDS_WITH_LINES })
  const toldOf = new Map(
    told.map(({ kind, lines, examples: [example] }) => [kind, { lines, example }]),
  )
  const { rejects, ...ways } = await pageOfRejects(db, job.id, { ...state, limit: PAGE_SIZE })
  return {
    content: (
      <Rejects
        ui={c.get('ui')}
        job={job}
        state={state}
        kinds={kinds.map((kind) => ({ ...kind, ...toldOf.get(kind.kind) }))}
        rejects={await withGlances(store, job, rejects)}
        {...ways}
      />
    ),
    // A command in place lets the rejects be that the page has.
    seen: wholeNumber(c.req.query('seen')) ?? kinds.reduce((sum, { count }) => sum + count, 0),
  }
}
