import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { requireJob } from '../../src/engine/jobs/jobs.ts'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { ownCluster, untilJob, untilSession } from '../support/cluster/own-cluster.ts'
import { startWorkerProcess } from '../support/cluster/worker-process.ts'
import { ended, start } from '../support/programs/cli.ts'
import { aNewerVersion } from '../support/programs/newer-version.ts'
import { tmpDir } from '../support/tmp.ts'

const RECORDS = 4_000

test('an upgrade of one worker at a time loses nothing, while jobs run on both versions', async () => {
  const newer = aNewerVersion()
  const { store, folder } = await ownCluster()
  await makeNumbered(store.db, 1)
  const worker = async (main?: string) => {
    const process = startWorkerProcess(store.url, {}, main)
    onTestFinished(() => process.kill())
    await untilSession(store, process.name)
    return process
  }
  const older = [await worker(), await worker()]
  const ids: number[] = []
  for (let number = 0; number < 4; number++) {
    ids.push(await numberedImport(store, folder, { number, records: RECORDS }))
  }
  for (const { name } of older) {
    await expect.poll(() => jobsOf(name)).toHaveLength(1)
  }
  async function jobsOf(name: string): Promise<number[]> {
    const jobs = await Promise.all(ids.map((id) => requireJob(store.db, id)))
    const own = jobs.filter(({ worker: holder, counters }) => holder === name && counters.processed)
    return own.map(({ id }) => id)
  }

  for (const [place, old] of older.entries()) {
    old.signal('SIGTERM')
    const next = await worker(newer)
    await expect.poll(() => jobsOf(next.name)).not.toEqual([])
    if (place > 0) continue
    // The other one goes on by the tables of the newer version, and no more are started.
    const { rows } = await sql`select future from tallyman_job limit 1`.execute(store.db)
    expect(rows).toEqual([{ future: 'none' }])
    const [held = 0] = await jobsOf(older[1]?.name ?? '')
    const { counters } = await requireJob(store.db, held)
    await untilJob(store, held, (job) => job.counters.processed > counters.processed)
    const refused = await ended(start(tmpDir(), ['worker', '--database', store.url]))
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('A newer version')])
  }
  for (const id of ids) {
    const job = await untilJob(store, id, ({ status }) => status === 'finished')
    expect(job).toMatchObject({ deaths: 0, counters: { inserted: RECORDS } })
  }
  expect(await countNumbered(store.db)).toEqual({ rows: ids.length * RECORDS, twice: 0 })
}, 600_000)
