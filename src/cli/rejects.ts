import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { ConflictError, InvalidInputError, NotFoundError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { StoredReject } from '../domain/reject.ts'
import { findJob } from '../engine/jobs.ts'
import { iterateRejects } from '../engine/rejects.ts'
import { messageText, type Language } from '../i18n/catalogue.ts'
import { exportRejects } from '../pipeline/export-rejects.ts'
import { importMemo } from '../pipeline/import-plan.ts'
import { jobIdOf } from './job-id.ts'
import { print, printJson, printLine, say } from './print.ts'
import type { Call, Session } from './session.ts'

export function addRejects(jobs: Command, session: Session): void {
  jobs
    .command('rejects')
    .description('the records that did not go in, and why; --json prints one object a line')
    .argument('<id>', 'number of the job')
    .option('--export <file>', 'as a file to correct and import again; - is standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: { export?: unknown } = command.optsWithGlobals()
      await session.run(options, async (call) => {
        const job = await findJob(call.store.db, jobIdOf(id))
        if (job === undefined) {
          throw new NotFoundError(`There is no job ${id}; see: tallyman jobs list`)
        }
        if (typeof options.export === 'string') await exportTo(options.export, call, job)
        else await listAll(call, job)
        return 0
      })
    })
}

async function listAll({ store, config, isJson }: Call, job: Job): Promise<void> {
  if (!isJson) await printLine('Record  Line    Code      Field             Message')
  for await (const reject of iterateRejects(store.db, job.id)) {
    if (isJson) await printJson(rejectJson(reject, config.language))
    else await printLine(rejectLine(reject, config.language))
  }
}

/** Bytes that are no UTF-8 are replaced; `--export` has them as they are. */
function rejectJson(reject: StoredReject, language: Language) {
  const { record, line, offset, connector, type, field, code, raw } = reject
  const message = messageText(language, reject)
  return { record, line, offset, connector, type, field, code, message, raw: raw.toString('utf8') }
}

function rejectLine(reject: StoredReject, language: Language): string {
  const { record, line, code, field } = reject
  const places = [String(record).padEnd(6), String(line).padEnd(6), code, (field ?? '').padEnd(16)]
  return [...places, messageText(language, reject)].join('  ')
}

async function exportTo(file: string, { store, config, isJson }: Call, job: Job): Promise<void> {
  if (job.type !== 'import')
    throw new InvalidInputError(`Job ${job.id} is an export; it rejects nothing.`)
  if (job.checkpoint === null) throw new ConflictError(`Job ${job.id} has read nothing yet.`)

  const bytes = exportRejects({
    specification: job.specification,
    memo: importMemo.parse(job.checkpoint.memo),
    rejects: iterateRejects(store.db, job.id, { type: 'error' }),
    text: (message) => messageText(config.language, message),
  })
  if (file === '-') {
    for await (const piece of bytes) await print(piece)
  } else {
    await writeWhole(path.resolve(file), bytes)
    if (isJson) await printJson({ path: path.resolve(file), rejects: job.counters.rejects })
    else say(`${job.counters.rejects} records are in ${file}; correct them and import it again.`)
  }
}

/** The file is there when it is complete, and not before. */
async function writeWhole(file: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const partial = `${file}.${process.pid}.part`
  try {
    await pipeline(bytes, createWriteStream(partial))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

const EXAMPLES = `
Examples:
  $ tallyman jobs rejects 7
  $ tallyman jobs rejects 7 --json | head -3
  $ tallyman jobs rejects 7 --export corrections.csv
  (correct the file; its columns reject_… may stay)
  $ tallyman import corrections.csv --into people --key id`
