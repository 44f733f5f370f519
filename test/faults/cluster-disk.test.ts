import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isOver } from '../../src/domain/states/status.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { ownCluster, untilJob, type OwnCluster } from '../support/cluster/own-cluster.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'
import { pageOf, textOf } from '../support/pages/html.ts'
import { launch } from '../support/programs/console-server.ts'
import { expectAgreement } from '../support/jobs/verified.ts'
import { NOBODY } from '../../src/cli/postgres/own-server.ts'

const RECORDS = 40_000

/** A tablespace on a small disk of its own. */
async function aSmallPlace({ store }: OwnCluster, kib: number) {
  const disk = aDisk(kib)
  const place = path.join(disk.folder, 'place')
  mkdirSync(place)
  chownSync(place, NOBODY, NOBODY)
  await sql.raw(`create tablespace small location '${place}'`).execute(store.db)
  return disk
}

test.runIf(canMount)(
  'a table whose disk is full fails its job, which goes on once there is room',
  async () => {
    const cluster = await ownCluster()
    const { store, folder, machine } = cluster
    const disk = await aSmallPlace(cluster, 800)
    await makeNumbered(store.db)
    await sql`alter table numbered set tablespace small`.execute(store.db)
    await machine()
    const id = await numberedImport(store, folder, { number: 0, records: RECORDS })
    const failed = await untilJob(store, id, ({ status }) => isOver(status))
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'disk_full', deaths: 0 })
    expect(failed.counters.processed).toBeGreaterThan(0)
    expect((await countNumbered(store.db)).rows).toBe(failed.counters.inserted)
    await expectAgreement(store)

    disk.resize(64_000)
    await transition(store.db, id, 'start', { actor: 'test', now: new Date() })
    const job = await untilJob(store, id, ({ status }) => isOver(status))
    expect(job).toMatchObject({ status: 'finished', counters: { inserted: RECORDS } })
    expect(await countNumbered(store.db)).toEqual({ rows: RECORDS, twice: 0 })
    await expectAgreement(store)
  },
)

test.runIf(canMount)(
  'an upload into a database whose disk is full is told in a sentence, leaves nothing, and one works as soon as there is room',
  async () => {
    const cluster = await ownCluster()
    const { db } = cluster.store
    const disk = await aSmallPlace(cluster, 8 * 1024)
    await sql`alter table tallyman_file_piece set tablespace small`.execute(db)
    const env = {
      TALLYMAN_DATABASE: cluster.server.url,
      TALLYMAN_WORKERS: '0',
      TALLYMAN_LOG_LEVEL: 'silent',
    }
    const { url } = await launch(cluster.folder, ['serve', '--port', '0'], env)
    const upload = async (mebibytes: number) => {
      const body = new FormData()
      body.append('file', new Blob([noise(mebibytes)]), 'a.csv')
      const headers = { 'sec-fetch-site': 'same-origin', connection: 'close' }
      const to = new URL('/uploads', url)
      return await fetch(to, { method: 'POST', headers, body, redirect: 'manual' })
    }
    const left = async () => [
      await db.selectFrom('tallyman_file').select('id').execute(),
      await db.selectFrom('tallyman_file_piece').select('position').execute(),
    ]
    const page = await pageOf(await upload(20), 503)
    expect(textOf(page.querySelector('main'))).toContain('The disk is full')
    await expect.poll(left).toEqual([[], []])
    disk.resize(64_000)
    expect((await upload(1)).headers.get('location')).toBe('/jobs/1/edit/file')
  },
)

/** What no database can compress. */
function noise(mebibytes: number): string {
  return `id,name\n1,${randomBytes(mebibytes * 512 * 1024).toString('hex')}\n`
}
