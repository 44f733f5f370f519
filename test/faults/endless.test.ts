import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import type { JobStatus } from '../../src/domain/states/status.ts'
import { claimNextJob } from '../../src/engine/lifecycle/claim.ts'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { runJob } from '../../src/worker/run/run-job.ts'
import { OPERATOR } from '../support/jobs/a-job.ts'
import { aStore } from '../support/a-store.ts'
import { byDatabase } from '../support/databases.ts'
import { until } from '../support/jobs/big-import.ts'
import { start } from '../support/programs/cli.ts'
import { isLong, rounds } from '../support/faults/chance.ts'
import {
  anEndlessJob,
  ENDLESS_EXPORTS,
  ENDLESS_IMPORTS,
  makeWaiting,
  type EndlessJob,
} from '../support/faults/endless-jobs.ts'
import { expectHonest } from '../support/jobs/honest-journal.ts'
import { anIdentity } from '../support/jobs/an-identity.ts'
import { aLog } from '../support/programs/a-log.ts'

/** How it is stopped, and what that leaves. */
const STOPS = {
  pause: 'paused',
  cancel: 'cancelled',
  SIGTERM: 'shutting_down',
} as const satisfies Record<string, JobStatus>
type Stop = keyof typeof STOPS
const ALL_STOPS = ['pause', 'cancel', 'SIGTERM'] as const satisfies Stop[]
const WAYS = ['a command', 'a worker'] as const

const all = [...ENDLESS_IMPORTS, ...ENDLESS_EXPORTS].flatMap(([what, packing], at) =>
  WAYS.flatMap((way, ofWay) =>
    ALL_STOPS.map((stop, ofStop) => ({
      what,
      packing,
      way,
      stop,
      turn: (at + ofWay + 2 * ofStop) % (WAYS.length * ALL_STOPS.length),
    })),
  ),
)
/** In the short form one way and one stop for each, all of them in turn. */
const chosen = all.filter(({ turn }) => turn < rounds(1, all.length))

test.each(chosen)('$stop ends what $way does with $what, as $packing', async (given) => {
  const { what, packing, way, stop } = given
  const endless = await anEndlessJob([what, packing], await aStore())
  const { store, folder, processed } = endless
  const child = start(folder, await argumentsOf(endless, way))
  child.stdout.resume()
  child.stderr.resume()
  const gone = once(child, 'exit')
  const isThere = ({ status, counters }: { status: JobStatus; counters: { processed: number } }) =>
    status === 'running' && counters.processed === processed
  const before = await until(store, 1, isThere)

  await ask(endless, stop, child)
  const after = await until(
    store,
    1,
    ({ status, claim }) => status === STOPS[stop] && claim === null,
  )
  // A worker waits for the next job; who is told a second time hurries.
  if (way === 'a worker' && stop !== 'SIGTERM') child.kill('SIGTERM')
  const [code] = await gone

  expect(after.counters).toMatchObject({ processed, inserted: processed, rejects: 0 })
  if (processed > 0) expect(after.checkpoint).toEqual(before.checkpoint)
  await expectHonest(store.db, 1, [OPERATOR, userInfo().username])
  const left = readdirSync(folder).filter((name) => name.includes('people'))
  const isImport = after.type === 'import'
  const part = stop === 'cancel' ? [] : [`people.${packing}.tallyman-1.part`]
  expect(left).toEqual(isImport ? [`people.${packing}`] : part)
  // No statement of SQLite can be left but with the process.
  const isLeftAlive = isImport || byDatabase({ SQLite: false, PostgreSQL: true })
  expect(code).toBe(isLeftAlive ? Number(way === 'a command') : null)
})

async function argumentsOf(endless: EndlessJob, way: (typeof WAYS)[number]): Promise<string[]> {
  if (way === 'a command' && endless.command !== undefined) return endless.command
  const { id } = await makeWaiting(endless)
  return way === 'a worker' ? ['worker'] : ['jobs', 'start', String(id), '--run']
}

async function ask(
  { store }: EndlessJob,
  stop: Stop,
  child: { kill(signal: NodeJS.Signals): boolean },
): Promise<void> {
  if (stop === 'SIGTERM') child.kill('SIGTERM')
  else await transition(store.db, 1, stop, { now: new Date(), actor: OPERATOR })
}

const inProcess = ENDLESS_IMPORTS.map(([what, packing], at) => ({
  what,
  packing,
  stop: ALL_STOPS[at % ALL_STOPS.length] ?? 'pause',
})).filter(({ packing }) => isLong || packing === 'csv.gz')

test.each(inProcess)(
  '$what, as $packing, is left by a run itself at a $stop',
  async ({ what, packing, stop }) => {
    const endless = await anEndlessJob([what, packing], await aStore())
    const { store, processed } = endless
    await makeWaiting(endless)
    const mine = { claim: 'mine', worker: anIdentity('me'), log: aLog().log }
    const job = await claimNextJob(store.db, { ...mine, now: new Date() })
    if (job === undefined) throw new Error('the job was not there to be claimed')
    const stopping = new AbortController()
    const running = runJob(store, job, { ...mine, stopSignal: stopping.signal })
    await until(store, 1, ({ counters }) => counters.processed === processed)

    if (stop === 'SIGTERM') stopping.abort()
    else await ask(endless, stop, { kill: () => false })
    expect(await running).toBe('ended')
    expect(await requireJob(store.db, 1)).toMatchObject({ status: STOPS[stop], claim: null })
  },
)
