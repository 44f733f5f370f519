import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { ended, start } from '../support/programs/cli.ts'
import { again, ownCluster, type Machine, type OwnCluster } from '../support/cluster/own-cluster.ts'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { aChance, rounds } from '../support/faults/chance.ts'
import { tmpDir } from '../support/tmp.ts'

const WORKERS = 3
const JOBS = rounds(24, 400)
const RECORDS = 1_000
const FAULT_MS = 1_000
/** The long form takes as long as it takes: an hour where nothing else runs, more beside others. */
const LONGEST_MS = rounds(3_600_000, 0)
/** The short form ends in peace. */
const MOST_FAULTS = rounds(12, Infinity)

/** What can happen to a machine or the database. */
const FAULTS = {
  async killed(_: OwnCluster, machines: Machine[], at: number, { machine }: OwnCluster) {
    await machines[at]?.worker.kill()
    machines[at] = await machine()
  },
  async stopped(_: OwnCluster, machines: Machine[], at: number) {
    const { worker } = machines[at] ?? {}
    worker?.signal('SIGSTOP')
    later(() => worker?.signal('SIGCONT'))
    await Promise.resolve()
  },
  async cut(_: OwnCluster, machines: Machine[], at: number) {
    const { way } = machines[at] ?? {}
    way?.cut()
    later(() => way?.restore())
    await Promise.resolve()
  },
  async restarted({ server }: OwnCluster) {
    await server.restart()
  },
  async terminated({ store }: OwnCluster) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid() and random() < 0.3`
      .execute(store.db)
      .catch(() => undefined)
  },
}
type Fault = keyof typeof FAULTS
const LOTTERY: Fault[] = [
  'killed',
  'killed',
  'stopped',
  'cut',
  'restarted',
  'terminated',
  'terminated',
]
const SHORT_MS = 3_000

const waiting = new Set<() => void>()
function later(act: () => void): void {
  waiting.add(act)
  setTimeout(() => waiting.delete(act) && act(), SHORT_MS).unref()
}

test(
  `${JOBS} jobs by ${WORKERS} workers with a fault every second: each record once, nothing stuck`,
  async () => {
    const chance = aChance('cluster')
    const cluster = await ownCluster()
    const began = performance.now()
    const { store, folder, machine } = cluster
    await makeNumbered(store.db, 1)
    for (let number = 0; number < JOBS; number++) {
      await numberedImport(store, folder, { number, records: RECORDS })
    }
    const machines: Machine[] = []
    for (let count = 0; count < WORKERS; count++) machines.push(await machine())
    onTestFinished(() => waiting.clear())

    const told = new Map<Fault, number>()
    for (let count = 0; count < MOST_FAULTS && (await countOpen(cluster)) > 0; count++) {
      const fault = LOTTERY[chance.below(LOTTERY.length)] ?? 'killed'
      told.set(fault, (told.get(fault) ?? 0) + 1)
      await FAULTS[fault](cluster, machines, chance.below(WORKERS), cluster)
      await pause(FAULT_MS)
    }
    console.log('faults:', Object.fromEntries(told))
    for (const act of waiting) act()
    waiting.clear()

    while ((await countOpen(cluster)) > 0) await pause(50)
    console.log(`over after ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
    // Three deaths at one place are no accident to a job: it fails, and a person starts it again.
    const failed = await store.db
      .selectFrom('tallyman_job')
      .selectAll()
      .where('status', '=', 'failed')
      .execute()
    for (const { id, failure_reason } of failed) {
      expect(['worker_died', 'database_failed']).toContain(failure_reason)
      await transition(store.db, id, 'start', { actor: 'test', now: new Date() })
    }
    while ((await countOpen(cluster)) > 0) await pause(50)
    const { rows } =
      await sql`select status, count(*) as count from tallyman_job group by 1`.execute(store.db)
    expect(rows).toEqual([{ status: 'finished', count: JOBS }])
    expect(await countNumbered(store.db)).toEqual({ rows: JOBS * RECORDS, twice: 0 })
    // It follows every journal: a second claim beside a live one is no legal move.
    const { code, out } = await ended(start(tmpDir(), ['verify', '--database', store.url]))
    expect([code, out]).toEqual([0, expect.anything()])
  },
  LONGEST_MS,
)

async function countOpen({ store }: OwnCluster): Promise<number> {
  const over = ['finished', 'failed', 'cancelled'] as const
  return await again(async () => {
    const { count } = await store.db
      .selectFrom('tallyman_job')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('status', 'not in', over)
      .executeTakeFirstOrThrow()
    return Number(count)
  })
}
