import { Option, type Command } from 'commander'
import { LEVELS } from '../../../domain/words/messages.ts'
import { requireJob } from '../../../engine/jobs/jobs.ts'
import { iterateJournal } from '../../../engine/ground/journal.ts'
import { levelLabel, messageText } from '../../../i18n/catalogue.ts'
import { helpIn } from '../../../i18n/help.ts'
import { jobIdOf } from '../../options/job-id.ts'
import { printJson, printLine } from '../../output/print.ts'
import type { Call, Session } from '../../ground/session.ts'

export function addJournal(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('journal')
    .description(help.journal)
    .argument('<id>', help.id)
    .addOption(new Option('--level <level>', help.level).choices(LEVELS))
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: { level?: unknown } = command.optsWithGlobals()
      await session.run(options, (call) => journal(call, jobIdOf(id), options.level))
    })
}

async function journal(
  { store, config, isJson }: Call,
  jobId: number,
  wanted: unknown,
): Promise<number> {
  await requireJob(store.db, jobId)
  const level = LEVELS.find((one) => one === wanted)
  for await (const entry of iterateJournal(store.db, jobId, { level })) {
    const message = messageText(config.language, entry)
    const { id, at, level: ofEntry, code, actor } = entry
    const label = levelLabel(config.language, ofEntry).padEnd(11)
    if (isJson) await printJson({ id, at, level: ofEntry, code, message, actor })
    else await printLine(`${at}  ${label}  ${code}  ${message}  (${actor})`)
  }
  return 0
}
