import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { ConflictError, InvalidInputError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { StoredReject } from '../domain/reject.ts'
import { requireJob } from '../engine/jobs.ts'
import { iterateRejects } from '../engine/reject-stream.ts'
import { messageText, phrase, type Language } from '../i18n/catalogue.ts'
import { helpIn } from '../i18n/help.ts'
import { exportRejects } from '../pipeline/export-rejects.ts'
import { importMemo } from '../pipeline/import-plan.ts'
import { createAnew } from '../pipeline/own-file.ts'
import { requirePlace } from '../pipeline/place.ts'
import { jobIdOf } from './job-id.ts'
import { print, printJson, printLine, say } from './print.ts'
import type { Call, Session } from './session.ts'

const WIDTHS = [8, 6, 8, 16, 0]

export function addRejects(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('rejects')
    .description(help.rejects)
    .argument('<id>', help.id)
    .option('--export <file>', help.export)
    .option('--force', helpIn(session.language).export.force)
    .addHelpText('after', help.rejectsExamples)
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: { export?: unknown; force?: unknown } = command.optsWithGlobals()
      const replaces = options.force === true
      await session.run(options, async (call) => {
        const job = await requireJob(call.store.db, jobIdOf(id))
        if (typeof options.export === 'string')
          await exportTo({ file: options.export, replaces }, call, job)
        else await listAll(call, job)
        return 0
      })
    })
}

async function listAll({ store, config, isJson }: Call, job: Job): Promise<void> {
  if (!isJson) await printLine(headings(config.language))
  for await (const reject of iterateRejects(store.db, job.id)) {
    if (isJson) await printJson(rejectJson(reject, config.language))
    else await printLine(rejectLine(reject, config.language))
  }
}

/** Bytes that are no UTF-8 are replaced; `--export` has them as they are. */
function rejectJson(reject: StoredReject, language: Language) {
  const { record, line, offset, connector, type, field, code, params, raw } = reject
  const place = { record, line, offset, connector, type, field, code }
  return { ...place, message: messageText(language, reject), params, raw: raw.toString('utf8') }
}

function rejectLine(reject: StoredReject, language: Language): string {
  const { record, line, code, field } = reject
  return row([String(record), String(line), code, field ?? '', messageText(language, reject)])
}

function headings(language: Language): string {
  const keys = ['record', 'line', 'code', 'field', 'message'] as const
  return row(keys.map((key) => phrase(language, key)))
}

/** Each line stands alone, since all of them together may not fit into memory. */
function row(cells: string[]): string {
  return cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join('  ')
}

type Wanted = { file: string; replaces: boolean }

async function exportTo({ file, replaces }: Wanted, call: Call, job: Job): Promise<void> {
  const { store, config, isJson } = call
  const { id } = job
  if (job.type !== 'import') throw new InvalidInputError({ problem: 'nothing_rejected', id })
  if (job.checkpoint === null) throw new ConflictError({ problem: 'nothing_read', id })

  const bytes = exportRejects({
    specification: job.specification,
    memo: importMemo.parse(job.checkpoint.memo),
    rejects: iterateRejects(store.db, job.id, { type: 'error' }),
    text: (message) => messageText(config.language, message),
  })
  if (file === '-') {
    for await (const piece of bytes) await print(piece)
  } else {
    const found = await requirePlace(path.resolve(file), store)
    if (found !== undefined && !replaces) {
      throw new InvalidInputError({ problem: 'result_there', path: path.resolve(file) })
    }
    await writeWhole(path.resolve(file), bytes)
    if (isJson) await printJson({ path: path.resolve(file), rejects: job.counters.rejects })
    else
      say(phrase(config.language, 'rejectsExported', { path: file, count: job.counters.rejects }))
  }
}

/** The file is there when it is complete, and not before. */
async function writeWhole(file: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const partial = `${file}.${process.pid}.part`
  try {
    const handle = await createAnew(partial)
    await pipeline(bytes, handle.createWriteStream())
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
