import { chownSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { isOver } from '../../src/domain/states/status.ts'
import { transition } from '../../src/engine/lifecycle/transition.ts'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { ownCluster, untilJob } from '../support/cluster/own-cluster.ts'
import { aDisk, canMount } from '../support/faults/small-disk.ts'
import { expectAgreement } from '../support/jobs/verified.ts'
import { NOBODY } from '../../src/cli/postgres/own-server.ts'

const RECORDS = 40_000

test.runIf(canMount)(
  'a table whose disk is full fails its job, which goes on once there is room',
  async () => {
    const { store, folder, machine } = await ownCluster()
    const disk = aDisk(800)
    const place = path.join(disk.folder, 'place')
    mkdirSync(place)
    chownSync(place, NOBODY, NOBODY)
    await sql.raw(`create tablespace small location '${place}'`).execute(store.db)
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
