import { Option, type Command } from 'commander'
import { z } from 'zod'
import type { Job } from '../../domain/jobs/job.ts'
import { JOB_STATUSES, JOB_TYPES } from '../../domain/states/status.ts'
import { deleteJob } from '../../engine/cleanup/delete-job.ts'
import { requireJob } from '../../engine/jobs/jobs.ts'
import { listJobs } from '../../engine/list/list-jobs.ts'
import { repairersOf } from '../../engine/list/repairers.ts'
import { printSpecification } from '../../domain/specification/specification-file.ts'
import { escapeJson } from '../../i18n/shown.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { filesIn } from '../../pipeline/export/result-file.ts'
import { addControl } from './jobs/control.ts'
import { printDetails } from '../output/details.ts'
import { jobIdOf } from '../options/job-id.ts'
import { jobJson, jobsJson } from '../output/job-json.ts'
import { addJournal } from './jobs/journal.ts'
import { jobTable } from '../output/job-table.ts'
import { queryOf } from '../options/list-options.ts'
import { templateNameOf } from '../options/template-option.ts'
import { requireTemplateNamed } from '../../engine/templates/templates.ts'
import { print, printJson, printLine, printLines, printToStderr } from '../output/print.ts'
import { addPurge } from './jobs/purge.ts'
import { addRejects } from './jobs/rejects.ts'
import { addRemovals } from './jobs/removals.ts'
import { addRunAgain } from './jobs/run-again.ts'
import { clearFiles } from '../../worker/cleanup/clear-up.ts'
import { repairBy } from '../run/repair-by-file.ts'
import type { Call, Session } from '../ground/session.ts'

export function addJobs(program: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  const jobs = program.command('jobs').description(help.about).addHelpText('after', help.examples)
  addList(jobs, session)
  onJob(jobs, session, 'show', help.show, show).option('--spec', help.spec)
  addJournal(jobs, session)
  addRejects(jobs, session)
  addRepair(jobs, session)
  addControl(jobs, session)
  addRunAgain(jobs, session)
  onJob(jobs, session, 'delete', help.delete, remove)
  addPurge(jobs, session)
  addRemovals(jobs, session)
}

function addList(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('list')
    .description(help.list)
    .addOption(new Option('--status <status>', help.only).choices(JOB_STATUSES))
    .addOption(new Option('--type <type>', help.only).choices(JOB_TYPES))
    .option('--template <name>', help.template)
    .option('--with-rejects', help.withRejects)
    .option('--before <id>', help.before)
    .option('--limit <n>', help.limit, '100')
    .action(async (_options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, (call) => list(call, options))
    })
}

function addRepair(jobs: Command, session: Session): void {
  const help = helpIn(session.language).jobs
  jobs
    .command('repair')
    .description(help.repair)
    .argument('<id>', help.id)
    .argument('<file>', help.correctedFile)
    .option('--overwrite', help.overwrite)
    .addHelpText('after', help.repairExamples)
    .action(async (id: string, file: string, _options: unknown, command: Command) => {
      const options: { overwrite?: boolean } = command.optsWithGlobals()
      await session.run(options, (call) => repairBy(call, jobIdOf(id), file, options))
    })
}

async function list(call: Call, options: unknown): Promise<number> {
  const { store, config, isJson } = call
  const { language } = config
  const name = templateNameOf(options)
  const template = name === undefined ? undefined : (await requireTemplateNamed(store.db, name)).key
  const query = { ...queryOf(options), template, now: new Date() }
  const { jobs, next } = await listJobs(store.db, query)
  const last = jobs.at(-1)
  if (isJson) await printJson({ jobs: await jobsJson(call, jobs) })
  else if (last === undefined) await printLine(phrase(language, 'noJobs'))
  else await printLines(jobTable(jobs, await repairersOf(store.db, jobs), language))
  if (next !== undefined && last !== undefined) {
    printToStderr(phrase(language, 'moreJobs', { id: String(last.id) }))
  }
  return 0
}

function onJob(
  jobs: Command,
  session: Session,
  name: string,
  description: string,
  act: (call: Call, id: number, options: unknown) => Promise<number>,
): Command {
  return jobs
    .command(name)
    .description(description)
    .argument('<id>', helpIn(session.language).jobs.id)
    .action(async (id: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, (call) => act(call, jobIdOf(id), options))
    })
}

/** Line by line: only what a terminal would obey is escaped. */
async function printSpec(job: Job): Promise<void> {
  await print(printSpecification(job).split('\n').map(escapeJson).join('\n'))
}

const showOptions = z.object({ spec: z.boolean().default(false) })

async function show(call: Call, id: number, options: unknown): Promise<number> {
  const job = await requireJob(call.store.db, id)
  if (showOptions.parse(options).spec) await printSpec(job)
  else if (call.isJson) await printJson(await jobJson(call, job))
  else await printDetails(call, job)
  return 0
}

async function remove({ store, config, isJson }: Call, id: number): Promise<number> {
  const files = filesIn(config.outbox)
  await deleteJob(store.db, id, { actor: config.actor, now: new Date(), files })
  await clearFiles(store.db)
  if (isJson) await printJson({ id, deleted: true })
  else await printLine(phrase(config.language, 'jobIsDeleted', { id: String(id) }))
  return 0
}
