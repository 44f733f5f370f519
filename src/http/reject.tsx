import { Hono, type Context } from 'hono'
import { JobPage } from '../../views/jobs/job-page.tsx'
import { RejectRecord } from '../../views/jobs/reject-record.tsx'
import { rejectsUrl } from '../../views/jobs/rejects-url.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { findReject, iterateRejects } from '../engine/rejects.ts'
import { messageText } from '../i18n/catalogue.ts'
import { exportRejects } from '../pipeline/export-rejects.ts'
import { importMemo } from '../pipeline/import-plan.ts'
import { inspectRecord } from '../pipeline/inspect-record.ts'
import { sourceColumns } from '../pipeline/source-columns.ts'
import { download } from './download.ts'
import type { AppDeps, AppEnv } from './env.ts'
import { jobOf, wholeNumber } from './params.ts'
import { rejectsFileName } from './rejects-file-name.ts'
import { readFigures } from './show-job.tsx'

/** One rejected record, taken apart; and all of them as a file to correct and import again. */
export function rejectRoutes(deps: AppDeps) {
  return new Hono<AppEnv>()
    .get('/jobs/:id{[0-9]+}/rejects/export', async (c) => {
      const job = await jobOf(deps.store.db, c)
      const { specification, memo } = readSource(job)
      const { language } = c.get('ui')
      const bytes = exportRejects({
        specification,
        memo,
        rejects: iterateRejects(deps.store.db, job.id, { type: 'error' }),
        text: (message) => messageText(language, message),
      })
      const type = memo.delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv'
      return download(c, deps.log, {
        name: rejectsFileName(job.file_name),
        type: `${type}; charset=${memo.encoding}`,
        bytes,
      })
    })
    .get('/jobs/:id{[0-9]+}/rejects/:record{[0-9]+}', (c) => showRecord(c, deps))
}

async function showRecord(c: Context<AppEnv>, deps: AppDeps): Promise<Response> {
  const { store } = deps
  const job = await jobOf(store.db, c)
  const number = wholeNumber(c.req.param('record')) ?? 0
  const rejects = await findReject(store.db, job.id, number)
  const [first] = rejects
  if (first === undefined) throw new NotFoundError({ problem: 'no_reject', record: number })

  const ui = c.get('ui')
  const { specification, memo } = readSource(job)
  const columns = await sourceColumns(store, memo, specification)
  const isCut = first.code === 'TLY-2006'
  return c.html(
    <JobPage
      ui={ui}
      job={job}
      place={{ tab: 'rejects', query: {} }}
      {...await readFigures(deps, job)}
    >
      <p>
        <a id="rejects-back" href={rejectsUrl(ui, job.id)}>
          {ui.text.rejects.backToList}
        </a>
      </p>
      <RejectRecord
        ui={ui}
        first={first}
        inspected={inspectRecord(first.raw, rejects, columns, memo)}
        keptBytes={isCut ? first.raw.length : undefined}
      />
    </JobPage>,
  )
}

/** How the job's source is written, as its checkpoint remembers it. */
function readSource({ id, checkpoint, ...job }: Job) {
  if (job.type === 'export') throw new InvalidInputError({ problem: 'nothing_rejected', id })
  if (checkpoint === null) throw new ConflictError({ problem: 'nothing_read', id })
  return { specification: job.specification, memo: importMemo.parse(checkpoint.memo) }
}
