import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { discardFiles } from '../../../src/pipeline/export/export.ts'
import {
  expectSameWhereverStopped,
  filled,
  run,
  specify,
} from '../../support/pipeline/an-export.ts'

describe('an export', () => {
  test.each([false, true])(
    'that was stopped anywhere comes to the same bytes (gzip: %s)',
    async (gzip) => {
      const { store, path } = await filled(60_000)
      const { batches } = await run(store, specify({ path, gzip }))
      expect(batches.length).toBeGreaterThan(5)
      await expectSameWhereverStopped(store, batches.length, { path, gzip })
      const text = gzip ? gunzipSync(readFileSync(path)) : readFileSync(path)
      expect(text.toString().split('\n').length).toBe(60_002)
      expect(batches.at(-1)?.file).toEqual({
        size: readFileSync(path).length,
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      })
    },
  )

  test.each(['goes on', 'begins anew'])(
    'that %s after a death is out of reach of a worker that was not dead',
    async (how) => {
      const { store, path } = await filled(12_000)
      await run(store, specify({ path }))
      const whole = readFileSync(path)
      const again = specify({ path: `${path}-again` })
      const { last } = await run(store, again, { stopAfter: 2 })
      const held = openSync(`${again.path}.tallyman-7.part`, 'r+')
      onTestFinished(() => closeSync(held))

      const resume = how === 'goes on' ? last : undefined
      await run(store, again, { resume, diedAfter: last.counters.processed })
      writeSync(held, 'late', last.checkpoint.offset)
      expect(readFileSync(again.path).equals(whole)).toBe(true)
      expect(readdirSync(dirname(path))).not.toContainEqual(expect.stringContaining('.part'))
    },
  )

  test('that was stopped goes on with its columns when the table has got another', async () => {
    const { store, path } = await filled(1_000)
    await run(store, specify({ path }))
    const before = readFileSync(path, 'utf8')
    const stopped = await run(store, specify({ path }), { stopAfter: 2 })
    await sql`alter table person add column more text default 'm'`.execute(store.db)
    await run(store, specify({ path }), { resume: stopped.last })
    expect(readFileSync(path, 'utf8')).toBe(before)

    const again = await run(store, specify({ path }), { stopAfter: 2 })
    await sql`alter table person drop column more`.execute(store.db)
    await expect(run(store, specify({ path }), { resume: again.last })).rejects.toMatchObject({
      reason: 'target_changed',
    })
  })

  test('replaces an older result only when the new one is whole', async () => {
    const { store, path } = await filled(1_000)
    writeFileSync(path, 'old')
    const stopped = await run(store, specify({ path }), { stopAfter: 2 })
    expect(readFileSync(path, 'utf8')).toBe('old')
    await run(store, specify({ path }), { resume: stopped.last })
    expect(readFileSync(path, 'utf8').split('\n').length).toBe(1_002)
  })

  test('does not take the place of a file that came meanwhile, without leave', async () => {
    const { store, path } = await filled(1_000)
    const asked = specify({ path, replace: false })
    const stopped = await run(store, asked, { stopAfter: 2 })
    writeFileSync(path, 'mine')
    await expect(run(store, asked, { resume: stopped.last })).rejects.toMatchObject({
      params: { problem: 'came_meanwhile' },
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  test('does not take an older result of the same size for its own', async () => {
    const { store, path } = await filled(10)
    const { batches } = await run(store, specify({ path }))
    const sealed = batches.at(-2)
    if (sealed === undefined) throw new Error('nothing was sealed')
    writeFileSync(path, 'x'.repeat(readFileSync(path).length))
    await expect(run(store, specify({ path }), { resume: sealed })).rejects.toMatchObject({
      reason: 'output_failed',
    })
  })

  test('whose part was cut short begins anew', async () => {
    const { store, path } = await filled(12_000)
    const stopped = await run(store, specify({ path }), { stopAfter: 2 })
    expect([stopped.end, existsSync(path)]).toEqual(['stopped', false])
    truncateSync(`${path}.tallyman-7.part`, 10)
    const { last } = await run(store, specify({ path }), { resume: stopped.last })
    expect(last.counters.processed).toBe(12_000)
    expect(readFileSync(path, 'utf8').split('\n').length).toBe(12_002)
  })

  test('that died between its name and its last commit is finished without writing again', async () => {
    const { store, path } = await filled(10)
    const { batches } = await run(store, specify({ path }))
    const sealed = batches.at(-2)
    const { end, batches: after } = await run(store, specify({ path }), {
      resume: sealed ? { counters: sealed.counters, checkpoint: sealed.checkpoint } : undefined,
    })
    expect([end, after.length]).toEqual(['finished', 1])
  })

  test('that is given up leaves nothing behind', async () => {
    const { store, path } = await filled(12_000)
    await run(store, specify({ path }), { stopAfter: 2 })
    await discardFiles({ id: 7, type: 'export', specification: specify({ path }) })
    expect(existsSync(`${path}.tallyman-7.part`)).toBe(false)
  })

  test('whose table is dropped meanwhile says so', async () => {
    const { store, path } = await filled(60_000)
    const afterFirst = () => sql`drop table person`.execute(store.db)
    await expect(run(store, specify({ path }), { afterFirst })).rejects.toMatchObject({
      reason: 'target_missing',
    })
  })

  test('says which table, column or folder is not there', async () => {
    const { store, path } = await filled(1)
    await expect(run(store, specify({ path, table: 'nobody' }))).rejects.toMatchObject({
      reason: 'target_missing',
    })
    await expect(run(store, specify({ path, columns: ['nothing'] }))).rejects.toMatchObject({
      reason: 'target_changed',
    })
    await expect(run(store, specify({ path: '/no/such/folder/out.csv' }))).rejects.toMatchObject({
      reason: 'output_failed',
    })
  })
})
