import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../../db/store.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import type { StoredReject } from '../../../domain/records/reject.ts'
import { ConflictError, InvalidInputError } from '../../../domain/words/errors.ts'
import { findJob } from '../../../engine/jobs/jobs.ts'
import { exportedFilter } from '../../../engine/rejects/reject-filter.ts'
import type { RejectFilter } from '../../../engine/rejects/reject-kinds.ts'
import type { iterateOpenRejects } from '../../../engine/repair/iterate-open.ts'
import { messageText, phrase } from '../../../i18n/catalogue.ts'
import { SHEET_DELIMITERS } from '../../../i18n/format.ts'
import { requireWritablePath } from '../../../pipeline/export/output-path.ts'
import { createAnew } from '../../../pipeline/files/own-file.ts'
import { importState } from '../../../pipeline/import/opening/resume-state.ts'
import { rejectsFile } from '../../../pipeline/rejects/rejects-file.ts'
import type { Call } from '../../ground/session.ts'
import { print, printJson, printToStderr } from '../../output/print.ts'

/** Which rejects: all, or those that are open. */
export type ChosenRejects = { of: typeof iterateOpenRejects; filter: RejectFilter }

type WantedExport = ChosenRejects & { file: string; replaces: boolean; isSheet: boolean }

/** Writes rejects into a file to correct, and tells what is done with it. */
export async function exportRejects(wanted: WantedExport, call: Call, job: Job): Promise<void> {
  const { store, config, isJson } = call
  const { id } = job
  if (job.type !== 'import') throw new InvalidInputError({ problem: 'nothing_rejected', id })
  if (job.checkpoint === null) throw new ConflictError({ problem: 'nothing_read', id })

  const { of, file, replaces, filter, isSheet } = wanted
  const counter = { records: 0 }
  const rejects = countRecords(of(store.db, id, exportedFilter(filter)), counter)
  const bytes = rejectsFile(store, {
    specification: job.specification,
    memo: importState.parse(job.checkpoint.memo),
    rejects,
    text: (message) => messageText(config.language, message),
    sheetSeparator: isSheet ? SHEET_DELIMITERS[config.language] : undefined,
  })
  if (file === '-') {
    for await (const piece of bytes) await print(piece)
  } else {
    const found = await requireWritablePath(path.resolve(file), store)
    if (found !== undefined && !replaces) {
      throw new InvalidInputError({ problem: 'result_there', path: path.resolve(file) })
    }
    await writeAtomically(path.resolve(file), bytes)
    const count = counter.records
    if (isJson) await printJson({ path: path.resolve(file), rejects: count })
    else {
      const words = isSheet ? 'rejectsForSpreadsheet' : 'rejectsExported'
      const of = await repairedIn(store.db, job)
      printToStderr(
        of === undefined && !isSheet
          ? phrase(config.language, 'rejectsToImport', { path: file, count })
          : phrase(config.language, words, { path: file, count, id: of ?? id }),
      )
    }
  }
}

/** The job in which the rejects of a job are repaired; none for a dry run, and where the first one is deleted. */
async function repairedIn(
  db: Db,
  { id, repair_of: first, dry_run: isDry }: Job,
): Promise<number | undefined> {
  if (isDry) return undefined
  return first === null ? id : (await findJob(db, first))?.id
}

/** Counts the records; the messages about one record are consecutive. */
async function* countRecords(rejects: AsyncIterable<StoredReject>, counter: { records: number }) {
  let last = 0
  for await (const reject of rejects) {
    if (reject.record !== last) counter.records++
    last = reject.record
    yield reject
  }
}

/** Writes to a partial file and renames it when it is complete. */
async function writeAtomically(file: string, bytes: AsyncIterable<Buffer>): Promise<void> {
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
