import type { Command } from 'commander'
import { kindOf } from '../../db/kind.ts'
import type { SeenWorker } from '../../domain/jobs/seen-worker.ts'
import { seeWorkers } from '../../engine/lifecycle/seen-workers.ts'
import { shown } from '../../i18n/shown.ts'
import { tableLines } from '../output/table.ts'
import type { Db } from '../../db/store.ts'
import { listHeldJobs } from '../../engine/lifecycle/rescuer.ts'
import { phrase, problemText, type Language } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { giveSignsOfLife } from '../../worker/liveness/signs-of-life.ts'
import { logFailure } from '../../worker/ground/log.ts'
import { workerName } from '../../worker/ground/worker-identity.ts'
import { work } from '../../worker/worker.ts'
import { LINE_LOG } from '../output/line-log.ts'
import { printJson, printLine, printLines, printToStderr } from '../output/print.ts'
import { filesOption, keepDaysOption } from '../options/server-options.ts'
import type { Call, Session } from '../ground/session.ts'
import { stopOnSignals } from '../ground/signals.ts'
import { saveMemory } from '../ground/heap-limits.ts'

export function addWorker(program: Command, session: Session): void {
  const help = helpIn(session.language).worker
  program
    .command('worker')
    .description(help.about)
    .option('--once', help.once)
    .addOption(keepDaysOption(session.language))
    .addOption(filesOption(session.language))
    .addHelpText('after', help.examples)
    .action(async (typed: { keepDays?: string }, command: Command) => {
      const options: { once?: unknown } = command.optsWithGlobals()
      const { keepDays, jobsPerTable } = session.workerConfig('keepDays' in typed ? typed : {})
      const act = async ({ store, config: { language, outbox } }: Call) => {
        saveMemory()
        const worker = workerName()
        const signals = stopOnSignals(() => log(phrase(language, 'stopping')))
        log(phrase(language, 'workerIsReady', { worker }))
        giveSignsOfLife()
        const end = await work(store, {
          worker,
          log: LINE_LOG,
          stopSignal: signals.stopSignal,
          once: options.once === true,
          mostPerTable: jobsPerTable ?? undefined,
          outbox,
          onOutage: (problem) => printToStderr(problemText(language, problem)),
          onJob: ({ id, label }) =>
            log(phrase(language, 'jobLine', { id: String(id), text: label })),
          retention: {
            keepDays,
            outbox,
            onDoubt: (doubt) => printToStderr(problemText(language, doubt)),
            onPurged: ({ id, error }) =>
              error === undefined
                ? log(phrase(language, 'jobIsPurged', { id: String(id) }))
                : logFailure(LINE_LOG, `Job ${id} could not be purged`, error),
          },
        })
        // An abandoned run would keep the process alive.
        if (end === 'given_up' || signals.stopSignal.aborted) process.exit(0)
        if (options.once === true) await logHeldJobs(store.db, language)
        signals.removeListeners()
        return 0
      }
      await session.run(options, act)
    })
}

/** Lists jobs that workers hold: this run is too short to find out whether their leases expire. */
async function logHeldJobs(db: Db, language: Language): Promise<void> {
  const { leaseMs } = kindOf(db).patience
  for (const { id, worker } of await listHeldJobs(db)) {
    const params = { id: String(id), worker: worker ?? '', seconds: String(leaseMs / 1000) }
    log(phrase(language, 'jobIsHeld', params))
  }
}

/** A supervisor reads progress from standard output and errors from standard error. */
function log(text: string): void {
  if (process.connected === undefined) printToStderr(text)
  else process.stdout.write(`${text}\n`)
}

/** `workers list` is about all of them, wherever they run. */
export function addWorkers(program: Command, session: Session): void {
  const help = helpIn(session.language).workers
  const workers = program.command('workers').description(help.about)
  workers
    .command('list')
    .description(help.list)
    .action(async (_options: unknown, command: Command) => {
      await session.run(command.optsWithGlobals(), listWorkersOf)
    })
}

async function listWorkersOf({ store, config: { language }, isJson }: Call): Promise<number> {
  const workers = await seeWorkers(store.db, new Date())
  if (isJson) await printJson({ workers: workers.map(workerJson) })
  else if (workers.length === 0) await printLine(phrase(language, 'noWorkersSeen'))
  else await printLines(linesOf(workers, language))
  return 0
}

function workerJson({ isAlive: alive, job, ...worker }: SeenWorker) {
  return { ...worker, alive, job: job?.id ?? null }
}

function linesOf(workers: SeenWorker[], language: Language): string[] {
  const words = phrase(language, 'workerColumns').split('|')
  const rows = workers.map(({ name, host, version, started_at, heartbeat_at, isAlive, job }) => [
    phrase(language, isAlive ? 'workerLives' : 'workerIsSilent'),
    shown(name),
    shown(host),
    version,
    started_at,
    heartbeat_at,
    job === null ? '–' : `${job.id} ${shown(job.label)}`,
  ])
  return tableLines(
    words.map((text) => ({ text })),
    rows,
  )
}
