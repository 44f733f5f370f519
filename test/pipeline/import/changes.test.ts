import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { MOST_CHANGES } from '../../../src/domain/jobs/changed-row.ts'
import { changesOf } from '../../../src/engine/ground/changes.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aStore } from '../../support/a-store.ts'
import { runWaiting } from '../../support/jobs/run-waiting.ts'

const RECORDS = 30_000

describe('the changes of a dry run', () => {
  test('are the first ones of each kind, each once, whatever was tried again', async () => {
    const { store, folder } = await aStore()
    const { db } = store
    await sql`create table goods (id integer primary key, price integer, unique (price))`.execute(
      db,
    )
    const rows = Array.from({ length: 100 }, (_, at) => `(${at + 1}, ${-at - 1})`)
    await sql.raw(`insert into goods (id, price) values ${rows.join(', ')}`).execute(db)
    const file = path.join(folder, 'goods.csv')
    const lines = Array.from({ length: RECORDS }, (_, at) =>
      at % 3 === 1 ? `x${at},1` : `${at + 1},${at + 1}`,
    )
    writeFileSync(file, ['id,price', ...lines, ''].join('\n'))
    const given = { path: file, table: 'goods', key: ['id'], dryRun: true, maxRejects: 5_000 }
    const wanted = importJob(parseImportSpecification(given), {})
    const by = { now: NOON, actor: OPERATOR }
    const { id } = await createJob(db, { ...wanted, status: 'start_pending' }, by)
    await runWaiting(store)

    const changes = await changesOf(db, id)
    const updated = changes.filter(({ kind }) => kind === 'updated')
    const inserted = changes.filter(({ kind }) => kind === 'inserted')
    expect(changes).toHaveLength(updated.length + inserted.length)
    const good = Array.from({ length: RECORDS }, (_, at) => at + 1).filter((at) => at % 3 !== 2)
    expect(updated.map(({ record }) => record)).toEqual(good.slice(0, MOST_CHANGES.updated))
    const added = good.filter((record) => record > 100)
    expect(inserted.map(({ record }) => record)).toEqual(added.slice(0, MOST_CHANGES.inserted))
    expect(updated[0]).toEqual({
      record: 1,
      line: 2,
      kind: 'updated',
      cells: [
        { field: 'id', before: '1', after: '1' },
        { field: 'price', before: '-1', after: '1' },
      ],
    })
    const left = await sql<{ price: number }>`select price from goods where id = 1`.execute(db)
    expect(left.rows).toEqual([{ price: -1 }])
  })

  test('show a mask for a sensitive field, and for what is made of the same column', async () => {
    const { store, folder } = await aStore()
    const { db } = store
    await sql`create table client (id integer primary key, mail text, note text)`.execute(db)
    await sql`insert into client values (1, 'old@x.example', 'of old@x.example')`.execute(db)
    const file = path.join(folder, 'clients.csv')
    writeFileSync(file, 'id,mail\n1,ann@x.example\n2,bob@x.example\n')
    const note = { from: { kind: 'template', text: 'of {mail}' } }
    const fields = { mail: { sensitive: true }, note }
    const given = { path: file, table: 'client', key: ['id'], dryRun: true, fields }
    const wanted = importJob(parseImportSpecification(given), {})
    const by = { now: NOON, actor: OPERATOR }
    const { id } = await createJob(db, { ...wanted, status: 'start_pending' }, by)
    await runWaiting(store)
    const changes = await changesOf(db, id)
    expect(changes).toHaveLength(2)
    expect(JSON.stringify(changes)).not.toContain('example')
    expect(changes[0]?.cells).toContainEqual({ field: 'note', before: '***', after: '***' })
  })
})
