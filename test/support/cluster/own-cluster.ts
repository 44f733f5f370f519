import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../src/db/open.ts'
import type { Store } from '../../../src/db/store.ts'
import type { Job } from '../../../src/domain/jobs/job.ts'
import { requireJob } from '../../../src/engine/jobs/jobs.ts'
import { findPostgres, type Postgres } from '../postgres/find.ts'
import { startOwnServer, type OwnServer } from '../../../src/cli/postgres/own-server.ts'
import { tmpDir } from '../tmp.ts'
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

/** A database server that the test may hurt, and machines that reach it by ways of their own. */
export type OwnCluster = {
  server: OwnServer
  store: Store
  folder: string
  /** Starts a worker on a machine of its own. */
  machine(): Promise<Machine>
}

export type Machine = { worker: WorkerProcess; way: CuttableProxy }

/** @param programs of another version than all other tests have */
export async function ownCluster(
  settings: Record<string, string> = {},
  programs: Postgres | undefined = findPostgres({ ...process.env, TEST_DATABASE_URL: '' }),
): Promise<OwnCluster> {
  if (programs === undefined || 'url' in programs)
    throw new Error('there are no programs of PostgreSQL')
  // What was committed has to outlive the end of the server.
  const given = { ...settings, synchronous_commit: 'on' }
  const server = await startOwnServer(programs, { settings: given })
  onTestFinished(() => server.stop())
  const store = await openStore(server.url)
  onTestFinished(() => store.close())
  return {
    server,
    store,
    folder: tmpDir(),
    async machine() {
      const way = await cuttableProxy(server.url)
      onTestFinished(() => way.stop())
      const worker = startWorkerProcess(way.url)
      onTestFinished(() => worker.kill())
      return { worker, way }
    },
  }
}

/** What is asked again where the database is just away. */
export async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch {
      await pause(50)
    }
  }
}

export async function untilJob(
  { db }: Store,
  id: number,
  isSo: (job: Job) => boolean,
): Promise<Job> {
  for (;;) {
    const job = await again(() => requireJob(db, id))
    if (isSo(job)) return job
    await pause(20)
  }
}

/** Until a worker of that name has a session. */
export async function untilSession({ db }: Store, name: string): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select 1 from tallyman_worker where name = ${name} and lock_key is not null`.execute(db)
    if (rows.length > 0) return
    await pause(20)
  }
}
