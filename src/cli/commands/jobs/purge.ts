import type { Command } from 'commander'
import { KEEP_DAYS_PROBLEM } from '../../../config.ts'
import { WrongSettingsError } from '../../../domain/words/errors.ts'
import { believe } from '../../../engine/cleanup/doubt-purge.ts'
import { daysBefore, purge } from '../../../engine/cleanup/purge.ts'
import { phrase } from '../../../i18n/catalogue.ts'
import { helpIn } from '../../../i18n/help.ts'
import { filesIn } from '../../../pipeline/export/result-file.ts'
import { cleanUpAll } from '../../../worker/cleanup/clear-up.ts'
import { logFailure } from '../../../worker/ground/log.ts'
import { LINE_LOG } from '../../output/line-log.ts'
import { printJson, printLine } from '../../output/print.ts'
import { keepDaysOption } from '../../options/server-options.ts'
import type { Call, Session } from '../../ground/session.ts'
import { stopOnSignals } from '../../ground/signals.ts'

export function addPurge(jobs: Command, session: Session): void {
  const { language } = session
  jobs
    .command('purge')
    .description(helpIn(language).jobs.purge)
    .addOption(keepDaysOption(language))
    .action(async (typed: { keepDays?: string }, command: Command) => {
      const { keepDays } = session.workerConfig('keepDays' in typed ? typed : {})
      if (keepDays === null) {
        throw new WrongSettingsError([{ name: '--keep-days', problem: KEEP_DAYS_PROBLEM }])
      }
      await session.run(command.optsWithGlobals(), (call) => purgeNow(call, keepDays))
    })
}

/** Deletes without asking about the clock or the number of jobs: the operator has checked both. */
async function purgeNow({ store, config, isJson }: Call, keepDays: number): Promise<number> {
  const signals = stopOnSignals(() => undefined)
  const now = new Date()
  const files = filesIn(config.outbox)
  const options = { now, overBefore: daysBefore(now, keepDays), files, signal: signals.stopSignal }
  let purged = 0
  let stuck = 0
  await believe(store.db, now)
  for await (const { id, error } of purge(store.db, options)) {
    if (error === undefined) purged++
    else stuck++
    if (error !== undefined) logFailure(LINE_LOG, `Job ${id} could not be purged`, error)
  }
  await cleanUpAll(store, signals.stopSignal)
  signals.removeListeners()
  if (isJson) await printJson({ purged, stuck })
  else await printLine(phrase(config.language, 'jobsArePurged', { count: purged }))
  return stuck === 0 ? 0 : 1
}
