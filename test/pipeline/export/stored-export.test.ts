import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { findFile } from '../../../src/db/files/stored-files.ts'
import type { Store } from '../../../src/db/store.ts'
import { isResultIntact } from '../../../src/pipeline/export/result-file.ts'
import { openStored } from '../../../src/pipeline/files/stored-file.ts'
import { filled, run, specify } from '../../support/pipeline/an-export.ts'

async function contentOf({ db }: Store, id: string): Promise<Buffer> {
  const file = await openStored(db, id)
  const buffer = Buffer.alloc(file.identity.size)
  await file.read(buffer, 0, buffer.length, 0)
  return buffer
}

describe('an export that is kept in the database', () => {
  test.each([false, true])(
    'comes to the bytes of a file, wherever it was stopped (gzip: %s)',
    async (gzip) => {
      const { store, path } = await filled(60_000)
      const { batches } = await run(store, specify({ path, gzip }))
      const whole = readFileSync(path)
      for (let stopAfter = 1; stopAfter <= batches.length - 2; stopAfter++) {
        const id = `stopped-${stopAfter}`
        const kept = specify({ path: `stored:${id}`, gzip })
        const stopped = await run(store, kept, { stopAfter })
        expect((await findFile(store.db, id))?.size).toBe(stopped.last.checkpoint.offset)
        await expect(openStored(store.db, id)).rejects.toThrow(id)
        const { last } = await run(store, kept, { resume: stopped.last })
        expect((await contentOf(store, id)).equals(whole)).toBe(true)
        expect((await findFile(store.db, id))?.sha256).toBe(last.file?.sha256)
      }
      const text = gzip ? gunzipSync(whole) : whole
      expect(text.toString().split('\n').length).toBe(60_002)
    },
  )

  test('writes nothing where its commit fails', async () => {
    const { store } = await filled(60_000)
    const kept = specify({ path: 'stored:lost' })
    const first = await run(store, kept, { stopAfter: 2 })
    const size = (await findFile(store.db, 'lost'))?.size
    const broken = run(store, kept, {
      resume: first.last,
      failAt: 2,
    })
    await expect(broken).rejects.toThrow('no commit')
    const after = await findFile(store.db, 'lost')
    const pieces = await store.db.selectFrom('tallyman_file_piece').select('bytes').execute()
    const stored = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)
    expect(after?.size).toBe(stored)
    expect(stored).toBeGreaterThan(Number(size))
  })

  test('begins anew where its pieces are not those of its checkpoint', async () => {
    const { store, path } = await filled(12_000)
    await run(store, specify({ path }))
    const kept = specify({ path: 'stored:torn' })
    const stopped = await run(store, kept, { stopAfter: 2 })
    await store.db
      .updateTable('tallyman_file_piece')
      .set({ bytes: Buffer.from('x') })
      .execute()
    await store.db.updateTable('tallyman_file').set({ size: 1 }).execute()
    await run(store, kept, { resume: stopped.last })
    expect((await contentOf(store, 'torn')).equals(readFileSync(path))).toBe(true)
  })

  test('that died between its seal and its last commit is finished without writing again', async () => {
    const { store } = await filled(10)
    const kept = specify({ path: 'stored:sealed' })
    const { batches, last } = await run(store, kept)
    const sealed = batches.at(-2)
    const resume = sealed && { counters: sealed.counters, checkpoint: sealed.checkpoint }
    const { end, batches: after } = await run(store, kept, { resume })
    expect([end, after.length]).toEqual(['finished', 1])
    const { size = 0, sha256 = '' } = last.file ?? {}
    expect(await isResultIntact(store.db, kept.path, { size, sha256 })).toBe(true)
    await store.db.deleteFrom('tallyman_file_piece').execute()
    expect(await isResultIntact(store.db, kept.path, { size, sha256 })).toBe(false)
  })
})
