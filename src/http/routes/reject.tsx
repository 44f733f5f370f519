import type { Context } from 'hono'
import { JobPage } from '../../../views/job/job-page.tsx'
import { RejectRecord } from '../../../views/rejects/reject-record.tsx'
import { RecordState } from '../../../views/repair/repair-state.tsx'
import { recordUrl, rejectsUrl } from '../../../views/rejects/rejects-url.ts'
import { ConflictError, InvalidInputError, NotFoundError } from '../../domain/words/errors.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { originOfRecord } from '../../domain/records/source-files.ts'
import { bytesOfReject, findReject } from '../../engine/rejects/find-reject.ts'
import { exportedFilter } from '../../engine/rejects/reject-filter.ts'
import { fateOfReject } from '../../engine/repair/fate-of-reject.ts'
import { iterateOpenRejects } from '../../engine/repair/iterate-open.ts'
import { iterateRejects } from '../../engine/rejects/reject-stream.ts'
import { messageText } from '../../i18n/catalogue.ts'
import { SHEET_DELIMITERS } from '../../i18n/format.ts'
import { importState } from '../../pipeline/import/opening/resume-state.ts'
import { inspectRecord } from '../../pipeline/formats/inspection/inspect-record.ts'
import { sourceReaderOf } from '../../pipeline/known-formats.ts'
import { memoOfRecord } from '../../pipeline/import/opening/files-of-memo.ts'
import { rejectsFile, rejectsFileType } from '../../pipeline/rejects/rejects-file.ts'
import { sourceColumns } from '../../pipeline/import/plan/source-columns.ts'
import { download } from '../downloads/download.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'
import { jobOf, oneOf, rejectFilterOf, wholeNumber } from '../ground/params.ts'
import { rejectsFileName } from '../downloads/rejects-file-name.ts'
import type { Handler } from '../ground/route.ts'
import { readFigures } from '../responses/figures.ts'

/** A file of rejects is named like the first file of its job. */
const FIRST = 1

/** A rejected record as it stood in the source, byte by byte. */
export function downloadReject(deps: AppDeps): Handler {
  return async (c) => {
    const { job, record } = await rejectOf(c, deps)
    return download(c, deps.log, {
      name: `${originOfRecord(job, record)}-${record}.txt`,
      type: 'application/octet-stream',
      bytes: bytesOfReject(deps.store.db, job.id, record),
    })
  }
}

/** `repair`: only what is neither repaired nor set aside. */
const READERS = ['spreadsheet', 'repair'] as const

/** The rejects as a file to correct and import again, or to look at in a spreadsheet. */
export function exportRejects({ store, log }: AppDeps): Handler {
  return async (c) => {
    const filter = rejectFilterOf(c)
    const reader = readerOf(c)
    const isSheet = reader === 'spreadsheet'
    const iterate = reader === 'repair' ? iterateOpenRejects : iterateRejects
    const job = await jobOf(store.db, c)
    const { specification, memo } = readSource(job)
    const { language } = c.get('ui')
    const bytes = rejectsFile(store, {
      specification,
      memo,
      rejects: iterate(store.db, job.id, exportedFilter(filter)),
      text: (message) => messageText(language, message),
      sheetSeparator: isSheet ? SHEET_DELIMITERS[language] : undefined,
    })
    const { contentType, encoding } = rejectsFileType(memo)
    const type = isSheet ? 'text/csv' : contentType
    return download(c, log, {
      name: rejectsFileName(originOfRecord(job, FIRST), { ...filter, isSheet }),
      type: `${type}; charset=${isSheet ? 'utf-8' : encoding}`,
      bytes,
    })
  }
}

/** Whom the file is for, where not for an import. */
function readerOf(c: Context<AppEnv>) {
  const wanted = c.req.query('for')
  const reader = oneOf(READERS, wanted)
  if (wanted === undefined || reader !== undefined) return reader
  throw new InvalidInputError({ problem: 'no_choice', choices: READERS.join(', ') })
}

/** One rejected record, taken apart. */
export function showReject(deps: AppDeps): Handler {
  return async (c) => {
    const { job, record, found } = await rejectOf(c, deps)
    const { first, messages, head, bytes } = found
    const ui = c.get('ui')
    const { specification, memo: whole } = readSource(job)
    const memo = memoOfRecord(whole, record)
    const columns = await sourceColumns(deps.store, memo, specification)
    const opened = sourceReaderOf(memo).openRejected(head, columns, bytes - head.length)
    return c.html(
      <JobPage
        ui={ui}
        job={job}
        place={{ tab: 'rejects', query: {} }}
        {...await readFigures(deps, job, 'rejects')}
      >
        <p>
          <a id="rejects-back" href={rejectsUrl(ui, job.id)}>
            {ui.text.rejects.backToList}
          </a>
        </p>
        <RecordState ui={ui} id={job.id} fate={await fateOfReject(deps.store.db, job.id, record)} />
        <RejectRecord
          ui={ui}
          file={originOfRecord(job, record)}
          first={first}
          inspected={inspectRecord(opened, messages)}
          bytes={bytes}
          rawUrl={`${recordUrl(ui, job.id, record)}/raw`}
        />
      </JobPage>,
    )
  }
}

/** @throws NotFoundError */
async function rejectOf(c: Context<AppEnv>, { store }: AppDeps) {
  const job = await jobOf(store.db, c)
  const record = wholeNumber(c.req.param('record')) ?? 0
  const found = await findReject(store.db, job.id, record)
  if (found === undefined) throw new NotFoundError({ problem: 'no_reject', record })
  return { job, record, found }
}

/** How the job's source is written, as its checkpoint remembers it. */
function readSource({ id, checkpoint, ...job }: Job) {
  if (job.type === 'export') throw new InvalidInputError({ problem: 'nothing_rejected', id })
  if (checkpoint === null) throw new ConflictError({ problem: 'nothing_read', id })
  return { specification: job.specification, memo: importState.parse(checkpoint.memo) }
}
