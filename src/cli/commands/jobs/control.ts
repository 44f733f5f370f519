import type { Command } from 'commander'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import type { Job } from '../../../domain/jobs/job.ts'
import { requireJob } from '../../../engine/jobs/jobs.ts'
import { transition } from '../../../engine/lifecycle/transition.ts'
import { openBeforeStart } from '../../../http/assistant/steps/open-step.ts'
import { phrase, statusLabel } from '../../../i18n/catalogue.ts'
import { consoleTexts } from '../../../i18n/console.ts'
import { helpIn } from '../../../i18n/help.ts'
import { cleanUpAfter } from '../../../worker/cleanup/clear-up.ts'
import { jobIdOf } from '../../options/job-id.ts'
import { LINE_LOG } from '../../output/line-log.ts'
import { jobJson } from '../../output/job-json.ts'
import { printJson, printLine } from '../../output/print.ts'
import { claimAndRun } from '../../run/run-here.ts'
import type { Call, Session } from '../../ground/session.ts'

/** The commands start, pause and cancel. */
export function addControl(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('start')
    .description(help.start)
    .argument('<id>', help.id)
    .option('--run', help.run)
    .option('--priority <n>', help.priority)
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: { run?: unknown; priority?: unknown } = command.optsWithGlobals()
      const priority = priorityOf(options.priority)
      const runsHere = options.run === true
      await session.run(options, (call) => start(call, jobIdOf(id), { runsHere, priority }))
    })
  for (const event of ['pause', 'cancel'] as const) {
    jobs
      .command(event)
      .description(help[event])
      .argument('<id>', help.id)
      .action(async (id: string, _options: unknown, command: Command) => {
        await session.run(command.optsWithGlobals(), async (call) => {
          const { store, config } = call
          const options = { actor: config.actor, now: new Date() }
          const job = await transition(store.db, jobIdOf(id), event, options)
          await cleanUpAfter(store.db, job.id, { log: LINE_LOG })
          return await printJob(call, job)
        })
      })
  }
}

/**
 * With --run, a job that already waits is only run. An interrupted job resumes by an event of its
 * own.
 */
async function start(
  call: Call,
  id: number,
  { runsHere, priority }: { runsHere: boolean; priority: number | undefined },
): Promise<number> {
  const { store, config } = call
  const job = await requireJob(store.db, id)
  if (job.status !== 'start_pending' || !runsHere) {
    await requireNothingOpen(call, job)
    const event = job.status === 'shutting_down' ? 'go_on' : 'start'
    const options = { actor: config.actor, now: new Date(), priority }
    const started = await transition(store.db, id, event, options)
    if (!runsHere) return await printJob(call, started)
  }
  return await claimAndRun(call, id)
}

/** @throws InvalidInputError for a job that is still edited and has something to decide */
async function requireNothingOpen({ store, config }: Call, job: Job): Promise<void> {
  const open = await openBeforeStart({ store }, job, new AbortController().signal)
  if (open === undefined) return
  const step = consoleTexts(config.language).assistant.names[open.step]
  const others = open.why.faults.map(({ problem }) => ({ problem }))
  throw new InvalidInputError({ problem: 'step_open', id: job.id, step }, { others })
}

async function printJob(call: Call, job: Job): Promise<number> {
  if (call.isJson) await printJson(await jobJson(call, job))
  else {
    const { language } = call.config
    const text = statusLabel(language, job.status)
    await printLine(phrase(language, 'jobLine', { id: String(job.id), text }))
    if (job.status === 'start_pending') await printLine(phrase(language, 'workerTakes'))
  }
  return 0
}

const MOST_PRIORITY = 1_000

/** @throws InvalidInputError */
function priorityOf(typed: unknown): number | undefined {
  if (typed === undefined) return undefined
  const priority = /^-?\d{1,4}$/.test(String(typed)) ? Number(typed) : NaN
  if (Math.abs(priority) <= MOST_PRIORITY) return priority
  const range = { problem: 'not_between', from: -MOST_PRIORITY, to: MOST_PRIORITY } as const
  throw new InvalidInputError(range, { at: ['priority'] })
}
