import { Option, type Command } from 'commander'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { originOf, severalFilesOf } from '../../../domain/records/source-files.ts'
import type { StoredReject } from '../../../domain/records/reject.ts'
import { requireJob } from '../../../engine/jobs/jobs.ts'
import {
  readRejectFilter,
  REJECT_TYPES,
  type TypedFilter,
} from '../../../engine/rejects/reject-filter.ts'
import { iterateOpenRejects } from '../../../engine/repair/iterate-open.ts'
import { repairsOf } from '../../../engine/repair/repairs-of.ts'
import { iterateRejects } from '../../../engine/rejects/reject-stream.ts'
import { messageText, phrase, type Language } from '../../../i18n/catalogue.ts'
import { shown } from '../../../i18n/shown.ts'
import { helpIn } from '../../../i18n/help.ts'
import { importState } from '../../../pipeline/import/opening/resume-state.ts'
import { memoOfRecord } from '../../../pipeline/import/opening/files-of-memo.ts'
import { textOfRecord } from '../../../pipeline/repair/record-text.ts'
import { jobIdOf } from '../../options/job-id.ts'
import { printJson, printLine, printToStderr } from '../../output/print.ts'
import type { Call, Session } from '../../ground/session.ts'
import { exportRejects, type ChosenRejects } from './export-rejects.ts'

const WIDTHS = [8, 6, 8, 16, 0]

export function addRejects(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('rejects')
    .description(help.rejects)
    .argument('<id>', help.id)
    .addOption(new Option('--type <type>', help.rejectType).choices(REJECT_TYPES))
    .option('--code <code>', help.code)
    .option('--field <field>', help.field)
    .option('--open', help.openRejects)
    .option('--export <file>', help.export)
    .option('--for-spreadsheet', help.forSpreadsheet)
    .option('--force', helpIn(session.language).export.force)
    .addHelpText('after', help.rejectsExamples)
    .action(async (id: string, _options: unknown, command: Command) => {
      const {
        export: file,
        force,
        forSpreadsheet,
        open,
        ...typed
      }: Options = command.optsWithGlobals()
      await session.run(command.optsWithGlobals(), async (call) => {
        const of = open === true ? iterateOpenRejects : iterateRejects
        const wanted = { of, filter: readRejectFilter(typed), isSheet: forSpreadsheet === true }
        if (file === undefined && wanted.isSheet) {
          throw new InvalidInputError({ problem: 'no_rejects_file' })
        }
        const job = await requireJob(call.store.db, jobIdOf(id))
        if (file === undefined) await listAll(call, job, wanted)
        else await exportRejects({ ...wanted, file, replaces: force === true }, call, job)
        await tellFailed(call, job)
        return 0
      })
    })
}

/** Rejects that a linked job keeps are not open; of one that failed, somebody has to decide. */
async function tellFailed({ store, config: { language } }: Call, job: Job): Promise<void> {
  const { linked } = await repairsOf(store.db, job)
  for (const { job: id, repaired: count, status } of linked) {
    if (status !== 'failed') continue
    printToStderr(phrase(language, 'keptByFailed', { count, id: String(id) }))
  }
}

type Options = TypedFilter & {
  export?: string
  force?: boolean
  forSpreadsheet?: boolean
  open?: boolean
}

async function listAll({ store, config, isJson }: Call, job: Job, { of, filter }: ChosenRejects) {
  const fileOf = originOf(severalFilesOf(job))
  const memo =
    job.type === 'import' && job.checkpoint ? importState.parse(job.checkpoint.memo) : undefined
  const textOf = ({ record, raw }: StoredReject) =>
    textOfRecord(raw, memo === undefined ? 'utf-8' : memoOfRecord(memo, record).encoding)
  if (!isJson) await printLine(headings(config.language))
  for await (const reject of of(store.db, job.id, filter)) {
    if (isJson)
      await printJson({
        ...(fileOf && { file: fileOf(reject.record) }),
        ...rejectJson(reject, config.language),
        raw: textOf(reject),
      })
    else await printLine(rejectLine(reject, config.language, fileOf))
  }
}

/** `raw` comes besides: bytes that are no text are replaced there; `--export` writes them as they are. */
function rejectJson(reject: StoredReject, language: Language) {
  const { record, line, offset, connector, type, field, code, params } = reject
  const place = { record, line, offset, connector, type, field, code }
  return { ...place, message: messageText(language, reject), params }
}

/** Where the files are several, the message begins with the name of the record's. */
function rejectLine(
  reject: StoredReject,
  language: Language,
  fileOf: ((record: number) => string) | undefined,
): string {
  const { record, line, code, field } = reject
  const message = messageText(language, reject)
  const told = fileOf === undefined ? message : `${shown(fileOf(record))}: ${message}`
  return row([String(record), String(line), code, field ?? '', told])
}

function headings(language: Language): string {
  const keys = ['record', 'line', 'code', 'field', 'message'] as const
  return row(keys.map((key) => phrase(language, key)))
}

/** Columns have fixed widths, because the rejects may not all fit into memory. */
function row(cells: string[]): string {
  return cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join('  ')
}
