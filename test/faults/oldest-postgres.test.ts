import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { countNumbered, makeNumbered, numberedImport } from '../support/cluster/numbered-imports.ts'
import { ownCluster, untilJob, untilSession } from '../support/cluster/own-cluster.ts'
import { oldestPrograms } from '../support/postgres/find.ts'
import { ended, start } from '../support/programs/cli.ts'

const programs = oldestPrograms()
if (programs === undefined) {
  const loud = 'NOTHING RUNS ON POSTGRESQL 13: npm has brought none for this machine.'
  if (process.env['TALLYMAN_NO_SKIP']) throw new Error(loud)
  console.warn(loud)
}

test.runIf(programs)(
  'the oldest version that is supported imports, exports and takes over',
  async () => {
    const { store, folder, machine } = await ownCluster({}, programs)
    const { rows } =
      await sql`select current_setting('server_version_num')::int / 10000 as version`.execute(
        store.db,
      )
    expect(rows).toEqual([{ version: 13 }])

    const run = async (...args: string[]) =>
      await ended(start(folder, [...args, '--json'], { TALLYMAN_DATABASE: store.url }))
    const columns = 'id,name,born'
    writeFileSync(path.join(folder, 'a.csv'), `${columns}\n1,Ann,2001-02-03\n2,Bob,2002-03-04\n`)
    writeFileSync(path.join(folder, 'b.csv'), `${columns}\n2,Rob,2002-03-04\n3,Cy,soon\n4,Di,\n`)
    const keyed = ['--into', 'people', '--key', 'id']
    const made = await run('import', 'a.csv', ...keyed, '--create')
    expect(JSON.parse(made.out)).toMatchObject({ counters: { inserted: 2 } })
    const changed = await run('import', 'b.csv', ...keyed)
    expect([changed.code, JSON.parse(changed.out)]).toMatchObject([
      3,
      { counters: { inserted: 1, updated: 1, rejects: 1 } },
    ])
    const written = await run('export', 'people', '--to', 'people.csv')
    expect([written.code, JSON.parse(written.out)]).toMatchObject([
      0,
      { counters: { processed: 3 } },
    ])

    await makeNumbered(store.db, 1)
    const [one, other] = [await machine(), await machine()]
    for (const { worker } of [one, other]) await untilSession(store, worker.name)
    const id = await numberedImport(store, folder, { number: 0, records: 3_000 })
    const { worker: first } = await untilJob(store, id, ({ counters }) => counters.processed > 0)
    for (const { worker } of [one, other]) if (worker.name === first) worker.signal('SIGKILL')
    const job = await untilJob(store, id, ({ status }) => status === 'finished')
    expect(job).toMatchObject({ deaths: 1, counters: { inserted: 3_000 } })
    expect(await countNumbered(store.db)).toEqual({ rows: 3_000, twice: 0 })
    expect(await run('verify')).toMatchObject({ code: 0 })
  },
)
