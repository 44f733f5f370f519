import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Store } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { DemoOperator } from './demo-operator.ts'
import type { Programs } from './programs.ts'
import type { SampleFiles } from './sample-files.ts'

export type Play = {
  store: Store
  operator: DemoOperator
  programs: Programs
  files: SampleFiles
}

const COUNTRIES = ['Spain', 'France', 'Germany', 'Italy', 'Portugal', 'Austria', 'Belgium']

/**
 * Brings jobs into every status by real commands, workers and files.
 * @param startWorkers called when the jobs that should finish soon are over, because workers are
 * slow
 */
export async function play(play: Play, startWorkers: () => void): Promise<void> {
  await makeTables(play.store)
  const stalled = [
    stall(play, 'Spain', async (id) => await play.operator.command(id, 'pause')),
    stall(play, 'France', async (id) => await play.operator.command(id, 'cancel')),
    shutDown(play, 'Germany'),
  ]
  // Awaited below; an earlier failure is the one to report.
  for (const each of stalled) each.catch(() => undefined)
  await runToTheEnd(play)
  startWorkers()
  await Promise.all([...stalled, stop(play, 'Italy', 'pause'), stop(play, 'Portugal', 'cancel')])
  await keepWorkersBusy(play)
  await play.operator.waitForEveryStatus()
}

/**
 * Creates the tables in this process, because inferring a table locks the database, too long in a
 * slow process.
 */
async function makeTables(store: Store): Promise<void> {
  const columns = [
    { name: 'id', type: 'integer' },
    ...PEOPLE_TEXTS.map((name) => ({ name, type: 'text' }) as const),
    { name: 'amount', type: 'number' },
    { name: 'newsletter', type: 'integer' },
  ] as const
  await store.db.transaction().execute(async (trx) => {
    for (const country of COUNTRIES) {
      await store.tables.create(trx, {
        name: signUps(country).table,
        columns: [...columns],
        primaryKey: [],
      })
    }
  })
}

const PEOPLE_TEXTS = [
  'first_name',
  'last_name',
  'email',
  'city',
  'country',
  'birth_date',
  'signed_up_at',
]

/** Runs the jobs that are over when the demo opens. */
async function runToTheEnd({ operator, files }: Play): Promise<void> {
  const { people, damaged, foreign, outbox } = files
  const run = (label: string) => ({ label, isRunHere: true })
  await operator.importFile(run('People'), {
    path: people,
    table: 'people',
    create: true,
    key: ['id'],
  })
  await operator.importFile(run('Changes to people'), {
    path: damaged,
    table: 'people',
    key: ['id'],
  })
  await operator.exportTable(run('People for the newsletter'), {
    table: 'people',
    path: path.join(outbox, 'newsletter.csv.gz'),
  })
  await operator.importFile(run('Changes, if they are good enough'), {
    path: damaged,
    table: 'people',
    key: ['id'],
    maxRejects: 20,
  })
  await operator.importFile(run('People of another system'), {
    path: foreign,
    table: 'people',
    key: ['id'],
  })
  await operator.importFile(
    {
      label: 'Changes, to be looked at first',
      description: 'Start it when Ana has seen the file.',
    },
    { path: damaged, table: 'people', key: ['id'], dryRun: true },
  )
}

/** Sends a command while the worker is stuck in a batch. */
async function stall(play: Play, country: string, act: (id: number) => Promise<void>) {
  const { child, id } = await importInProcess(play, country)
  await request(child, 'stall')
  await act(id)
}

/** Asks the child for one turn of its event loop, or to stall, and waits for its answer. */
async function request(child: ChildProcess, what: 'turn' | 'stall'): Promise<void> {
  child.send(what)
  const gone = once(child, 'exit').then(() => {
    throw new Error('A process of the demo ended before it stalled.')
  })
  await Promise.race([once(child, 'message'), gone])
}

/** The worker announces its shutdown at once, and stalls before it releases its job. */
async function shutDown(play: Play, country: string): Promise<void> {
  const { child, id } = await importInProcess(play, country)
  child.kill('SIGTERM')
  await play.operator.waitUntil(id, ({ status }) => status === 'shutting_down')
  await request(child, 'stall')
}

/** Starts a process that creates and runs its own import. @returns when it is in a slow batch */
async function importInProcess({ operator, programs, files }: Play, country: string) {
  const { label, table } = signUps(country)
  const options = ['--into', table, '--label', label]
  const child = programs.start('stalling', ['import', files.broken, ...options])
  const id = await operator.waitForJob(label)
  await operator.waitUntil(id, isUnderWay)
  // After two turns it is past its first batch and in the hole; before that it would stop at once.
  await request(child, 'turn')
  await request(child, 'turn')
  return { child, id }
}

async function stop({ operator, files }: Play, country: string, event: 'pause' | 'cancel') {
  const id = await startSignUps(operator, files, country)
  await operator.waitUntil(id, isUnderWay)
  await operator.command(id, event)
  await operator.waitUntil(id, ({ status }) => status === 'paused' || status === 'cancelled')
}

/** Two jobs that run for minutes, and some that wait for a worker meanwhile. */
async function keepWorkersBusy({ operator, files }: Play): Promise<void> {
  for (const country of ['Austria', 'Belgium']) {
    const id = await startSignUps(operator, files, country)
    await operator.waitUntil(id, ({ status }) => status === 'running')
  }
  for (const purpose of ['post', 'telephone', 'auditors']) {
    await operator.exportTable(
      { label: `People for the ${purpose}`, status: 'start_pending' },
      { table: 'people', path: path.join(files.outbox, `${purpose}.csv`) },
    )
  }
}

async function startSignUps(operator: DemoOperator, files: SampleFiles, country: string) {
  const { label, table } = signUps(country)
  const wanted = { label, status: 'start_pending' as const }
  return await operator.importFile(wanted, { path: files.signUps, table })
}

function signUps(country: string) {
  return { label: `Sign-ups of ${country}`, table: `sign_ups_${country.toLowerCase()}` }
}

function isUnderWay({ status, counters }: Job): boolean {
  return status === 'running' && counters.processed > 0
}
