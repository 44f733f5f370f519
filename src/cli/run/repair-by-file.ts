import path from 'node:path'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { requireJob } from '../../engine/jobs/jobs.ts'
import { requireRepairable } from '../../engine/repair/require-repairable.ts'
import { saveDrafts } from '../../engine/repair/save-drafts.ts'
import { startRepair } from '../../engine/repair/start-repair.ts'
import type { CheckedReject } from '../../http/repair/check-rejects.ts'
import { requireFitting } from '../../http/repair/collect-corrections.ts'
import { repairFromFile } from '../../http/repair/corrected-file.ts'
import { openRepair } from '../../http/repair/repair-session.ts'
import { besidesText } from '../../i18n/besides.ts'
import { phrase, problemText, type Language } from '../../i18n/catalogue.ts'
import { consoleTexts, fill } from '../../i18n/console.ts'
import { shown } from '../../i18n/shown.ts'
import { printToStderr } from '../output/print.ts'
import { startAndRun } from './run-here.ts'
import type { Call } from '../ground/session.ts'

/** Records that do not fit and are told with the reason. */
const MOST_TOLD = 3

/**
 * Imports the records of a corrected reject file that fit, and keeps the others as corrected.
 * @param options.overwrite whether records that change a row which the table has already, or that
 *   somebody else corrected otherwise on the page, go in, too
 */
export async function repairBy(
  call: Call,
  id: number,
  file: string,
  { overwrite: overwrites = false }: { overwrite?: boolean },
): Promise<number> {
  const { store, config } = call
  const job = requireRepairable(await requireJob(store.db, id))
  const session = await openRepair(store, job)
  const named = { path: path.resolve(file), name: path.resolve(file) }
  const { language, actor } = config
  const replacesOf = overwrites ? undefined : actor
  const found = await repairFromFile(session, named, {
    overwrites,
    replacesOf,
    examples: MOST_TOLD,
  })
  const { fitting, others, held, kept, unfit: count, ...left } = found
  for (const one of found.examples) tellMisfit(one, language)
  for (const column of found.besides) printToStderr(besidesText(language, column))
  const unknown = left.foreign + left.unreadable
  const tellLeftOut = () => {
    if (left.settled > 0) {
      printToStderr(phrase(language, 'settledRejects', { count: left.settled }))
    }
    if (unknown > 0) printToStderr(phrase(language, 'noOpenRejects', { count: unknown }))
  }
  if (fitting.length === 0) tellLeftOut()
  if (fitting.length === 0 && kept > 0) {
    throw new InvalidInputError({ problem: 'only_theirs', count: kept })
  }
  requireFitting(found)

  const label = fill(consoleTexts(language).repair.label, { id })
  const code = await startAndRun(call, async (trx) => {
    const act = { actor, now: new Date() }
    const started = await startRepair(trx, id, fitting, { ...act, label })
    await saveDrafts(trx, id, others, act)
    return started.job
  })
  if (count > 0) printToStderr(phrase(language, 'stillUnfit', { count, id: String(id) }))
  if (held > 0) printToStderr(phrase(language, 'heldBack', { count: held }))
  if (kept > 0) printToStderr(phrase(language, 'keptTheirs', { count: kept }))
  tellLeftOut()
  return count + held + kept + unknown > 0 && code === 0 ? 3 : code
}

function tellMisfit({ misfit, reject: { record } }: CheckedReject, language: Language): void {
  if (misfit === undefined) return
  const { problem, field } = misfit
  const text = problemText(language, problem)
  const reason = field === null ? text : `${shown(field)}: ${text}`
  printToStderr(phrase(language, 'unfitRecord', { record, reason }))
}
