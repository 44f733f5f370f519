import { hostname } from 'node:os'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { checkImport } from '../../../src/pipeline/import/plan/check-import.ts'
import { messageText } from '../../../src/i18n/catalogue.ts'
import { aStoredFile } from '../../support/pipeline/a-stored-file.ts'
import { freshStore, people, run, specify, written } from '../../support/pipeline/an-import.ts'
import { tmpDir } from '../../support/tmp.ts'

const PEOPLE = [
  'id,name,age',
  ...Array.from({ length: 60_000 }, (_, at) => `${at + 1},name ${at},${at % 90}`),
  '',
].join('\n')

describe('an import of a stored file', () => {
  test.each([false, true])(
    'comes to the rows of a file on a disk, and goes on from its checkpoint (gzip: %s)',
    async (gzip) => {
      const { store, folder } = await freshStore()
      const content = gzip ? gzipSync(PEOPLE) : Buffer.from(PEOPLE)
      const id = await aStoredFile(store, content)
      const kept = specify({ path: `stored:${id}`, key: ['id'] })
      const stopped = await run(store, kept, { stopAfter: 3 })
      expect(stopped.end).toBe('stopped')
      const { last } = await run(store, kept, { resume: stopped.last })
      expect(last.counters.inserted).toBe(60_000)
      const rows = await people(store)
      const onDisk = specify({ path: written(folder, content), key: ['id'] })
      const again = await run(store, onDisk)
      expect(again.last.counters.unchanged).toBe(60_000)
      expect(await people(store)).toEqual(rows)
      expect(again.last.file?.sha256).toBe(last.file?.sha256)
    },
  )

  test('is refused where it is gone, and fails with the machine that has no such disk', async () => {
    const { store } = await freshStore()
    const gone = specify({ path: 'stored:nobody' })
    await expect(checkImport(store, gone)).rejects.toMatchObject({
      problem: { problem: 'no_file' },
    })
    const folder = tmpDir()
    const id = await aStoredFile(store, PEOPLE, { place: { folder } })
    rmSync(path.join(folder, 'sources'), { recursive: true })
    const failure = await run(store, specify({ path: `stored:${id}` })).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({
      reason: 'source_missing',
      params: { path: path.join(folder, 'sources', id), host: hostname() },
    })
  })

  test('a worker that has no such file says on which machine it looked', async () => {
    const { store } = await freshStore()
    await expect(run(store, specify({ path: '/no/such.csv' }))).rejects.toMatchObject({
      params: { path: '/no/such.csv', host: hostname() },
    })
    const told = (params: Record<string, string>) => messageText('en', { code: 'TLY-9002', params })
    expect(told({ path: '/x', host: 'b7' })).toContain('cannot be read on b7.')
    expect(told({ path: '/x' })).toContain('cannot be read.')
  })
})
