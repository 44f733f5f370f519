import { JOB_STATUSES } from '../../../src/domain/states/status.ts'
import { aJob } from '../jobs/a-job.ts'
import { openPage } from './browser.ts'
import { aConsole, type ConsoleServer } from '../programs/console-server.ts'
import { STEPS_OF_EXPORT, STEPS_OF_IMPORT } from '../../../views/assistant/steps.ts'
import { aDirtyImport, aHalfMadeExport, aHalfMadeImport, aTemplate } from './every-page.ts'
import { everyKindOfPage } from './pages.ts'

const TWICE = 'x'.repeat(200)

/** A console with jobs in every status, and one that ran twice; no worker moves them. */
export async function aFullConsole(): Promise<ConsoleServer> {
  const server = await aConsole({ TALLYMAN_WORKERS: '0' })
  await aDirtyImport(server)
  await aHalfMadeImport(server)
  await aHalfMadeExport(server)
  await aTemplate(server.store, 1)
  for (const status of JOB_STATUSES) {
    await aJob(server.store.db, { status, label: `People who are ${status}`, now: new Date() })
  }
  await aJob(server.store.db, { status: 'failed', label: TWICE })
  await aJob(server.store.db, { status: 'finished', label: TWICE })
  return server
}

/** Pages that a template leads to. */
const OF_TEMPLATES = [
  '/templates',
  '/templates/excel-export',
  '/jobs/1/template',
  '/jobs/new/import?template=1',
  '/jobs/new/export?template=excel-export',
]

let paths: string[] | undefined

/** A page of each kind, and those of jobs that came to different ends; the same in every full console. */
export async function everyPath({ origin }: ConsoleServer): Promise<string[]> {
  const last = JOB_STATUSES.length + 5
  const steps = STEPS_OF_IMPORT.map((step) => `/jobs/2/edit/${step}`)
  const ofExport = STEPS_OF_EXPORT.map((step) => `/jobs/3/edit/${step}`)
  const jobs = [1, last - 1, last].flatMap((id) => [`/jobs/${id}`, `/jobs/${id}/delete`])
  const templates = ['', '/edit', '/delete'].map((page) => `/templates/1${page}`)
  paths ??= await everyKindOfPage(await openPage(`${origin}/jobs`))
  return [...new Set([...paths, ...jobs, ...steps, ...ofExport, ...templates, ...OF_TEMPLATES])]
}
