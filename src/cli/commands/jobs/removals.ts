import type { Command } from 'commander'
import { iterateDeletionLog, type LoggedDeletion } from '../../../engine/cleanup/deletion-log.ts'
import { phrase, statusLabel, type Language } from '../../../i18n/catalogue.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { helpIn } from '../../../i18n/help.ts'
import { printJson, printLine } from '../../output/print.ts'
import type { Call, Session } from '../../ground/session.ts'

export function addRemovals(jobs: Command, session: Session): void {
  jobs
    .command('removed')
    .description(helpIn(session.language).jobs.removed)
    .action(async (_options: unknown, command: Command) => {
      await session.run(command.optsWithGlobals(), list)
    })
}

/** Prints one line or JSON object per job, because they may not all fit into memory. */
async function list({ store, config, isJson }: Call): Promise<number> {
  let count = 0
  for await (const removal of iterateDeletionLog(store.db)) {
    count++
    if (isJson) await printJson(removalJson(removal))
    else await printLine(lineOf(removal, config.language))
  }
  if (count === 0 && !isJson) await printLine(phrase(config.language, 'noRemovals'))
  return 0
}

function removalJson({ job_id, target_table, file_name, ...removal }: LoggedDeletion) {
  const { dryRun: dry_run, rowsBeside: rows_beside, ...rest } = removal
  return { id: job_id, table: target_table, file: file_name, dry_run, rows_beside, ...rest }
}

function lineOf(removal: LoggedDeletion, language: Language): string {
  const { job_id, label, status, ended_at, removed_at, removed_by, counters } = removal
  return phrase(language, 'removalLine', {
    id: String(job_id),
    label,
    status: statusLabel(language, status),
    ended: ended_at ?? '–',
    processed: formatNumber(language, counters.processed),
    rejects: formatNumber(language, counters.rejects),
    removed: removed_at,
    actor: removed_by,
  })
}
