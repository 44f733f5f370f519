import type { Command } from 'commander'
import { isAllowed } from '../../../domain/states/commands.ts'
import { requireJob } from '../../../engine/jobs/jobs.ts'
import { runAgain } from '../../../engine/lifecycle/run-again.ts'
import { phrase } from '../../../i18n/catalogue.ts'
import { helpIn } from '../../../i18n/help.ts'
import { refuseRepeatedImport } from '../../options/repeated-import.ts'
import { jobIdOf } from '../../options/job-id.ts'
import { jobJson } from '../../output/job-json.ts'
import { printJson, printLine } from '../../output/print.ts'
import type { Call, Session } from '../../ground/session.ts'

export function addRunAgain(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('run-again')
    .description(help.runAgain)
    .argument('<id>', help.id)
    .option('--again', help.again)
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, (call) => repeatJob(call, jobIdOf(id), options))
    })
}

async function repeatJob(call: Call, id: number, options: unknown): Promise<number> {
  const { store, config, isJson } = call
  const old = await requireJob(store.db, id)
  if (old.type === 'import' && isAllowed('run_again', old.status)) {
    await refuseRepeatedImport(call, old.specification, options)
  }
  const job = await runAgain(store.db, id, { now: new Date(), actor: config.actor })
  if (isJson) await printJson(await jobJson(call, job))
  else await printLine(phrase(config.language, 'jobWaits', { id: String(job.id) }))
  return 0
}
