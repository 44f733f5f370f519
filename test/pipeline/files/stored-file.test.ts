import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { appendPieces, PIECE_BYTES } from '../../../src/db/files/pieces.ts'
import { createFile, findFile } from '../../../src/db/files/stored-files.ts'
import { kindOf } from '../../../src/db/kind.ts'
import { FileWriter } from '../../../src/pipeline/files/file-writer.ts'
import { sha256Of } from '../../../src/pipeline/files/identity.ts'
import { MissingPieceError } from '../../../src/pipeline/files/piece-reader.ts'
import { openStored } from '../../../src/pipeline/files/stored-file.ts'
import { NOON } from '../../support/jobs/a-job.ts'
import { aStoredFile } from '../../support/pipeline/a-stored-file.ts'
import { databases } from '../../support/databases.ts'
import { tmpDir } from '../../support/tmp.ts'

const MEBIBYTE = 1024 * 1024

describe.each(databases)('a stored file on %s', (_name, open) => {
  test.each(['database', 'folder'] as const)(
    'is read anywhere as it was written, with what is known of it: %s',
    async (where) => {
      const { store, db } = await open()
      const folder = tmpDir()
      const content = randomBytes(2 * MEBIBYTE + 777)
      const place = where === 'database' ? where : { folder }
      const id = await aStoredFile(store, content, { place })
      const file = await openStored(db, id)
      expect(file.sha256).toBe(createHash('sha256').update(content).digest('hex'))
      expect([file.name, file.identity.size]).toEqual(['people.csv', content.length])
      expect(await sha256Of(file)).toBe(file.sha256)
      const spans = fc.tuple(fc.nat(content.length), fc.nat(MEBIBYTE + 9))
      await fc.assert(
        fc.asyncProperty(spans, async ([start, length]) => {
          const buffer = Buffer.alloc(length)
          const { bytesRead } = await file.read(buffer, 0, length, start)
          expect(
            buffer.subarray(0, bytesRead).equals(content.subarray(start, start + length)),
          ).toBe(true)
        }),
        { numRuns: 30, examples: [[[MEBIBYTE - 1, 2]], [[content.length, 5]]] },
      )
      expect([await file.isNamed(), await file.identityNow()]).toEqual([true, file.identity])
      await file.close()
      const kept = where === 'folder' ? readdirSync(path.join(folder, 'sources')) : []
      expect(kept).toEqual(where === 'folder' ? [id] : [])
      for (const one of kept) {
        const file = path.join(folder, 'sources', one)
        expect([statSync(file).mode & 0o777, readFileSync(file).equals(content)]).toEqual([
          0o600,
          true,
        ])
      }
    },
  )

  test('has its pieces as they were written, however long they are', async () => {
    const { store, db } = await open()
    const { pieceAt } = kindOf(db)
    const sizes = [1, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, PIECE_BYTES - 1, PIECE_BYTES]
    for (const size of sizes) {
      const bytes = randomBytes(size)
      const id = await aStoredFile(store, bytes, { place: 'database' })
      for (const position of [0, size - 1]) {
        expect(await pieceAt(db, id, position)).toEqual({ position: 0, bytes })
      }
      expect(await pieceAt(db, id, size)).toBeUndefined()
      expect(await pieceAt(db, 'another', 0)).toBeUndefined()
    }
  })

  test('that is appended to at a position loses what was written beyond it', async () => {
    const { db } = await open()
    const [id, twin] = ['one', 'two']
    for (const each of [id, twin]) {
      const file = { id: each, name: '', path: null, now: NOON, actor: '', isOfJob: true }
      await createFile(db, file)
    }
    const append = (to: string, position: number, bytes: Buffer) =>
      db.transaction().execute((trx) => appendPieces(trx, to, { position, bytes }))
    const content = randomBytes(MEBIBYTE + 100)
    await append(twin, 0, content)
    await append(id, 0, content)
    for (const position of [MEBIBYTE + 50, MEBIBYTE, MEBIBYTE - 1, 3, 0]) {
      await append(id, position, Buffer.from('new'))
      const pieces = await db
        .selectFrom('tallyman_file_piece')
        .select('bytes')
        .where('file_id', '=', id)
        .orderBy('position')
        .execute()
      const expected = Buffer.concat([content.subarray(0, position), Buffer.from('new')])
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(expected)).toBe(true)
      expect((await findFile(db, id))?.size).toBe(expected.length)
    }
    expect((await findFile(db, twin))?.size).toBe(content.length)
  })

  test('goes on where its writer was interrupted, and takes nothing from the one before', async () => {
    const { store, db } = await open()
    const first = await FileWriter.create(store, 'database', { name: 'a.csv', actor: 'eva' })
    await first.write(Buffer.from('id,name\n'))
    await first.flush()
    const left = await findFile(db, first.id)
    if (left === undefined) throw new Error('the file is gone')
    const second = FileWriter.goOn(db, left)
    expect(second.size).toBe(8)
    await second.write(Buffer.from('1,Ann\n'))
    await second.flush()
    await first.write(Buffer.from('9,Eve\n'))
    await expect(first.flush()).rejects.toMatchObject({ problem: { problem: 'upload_taken' } })
    await second.finish()
    const file = await openStored(db, first.id)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(99), 0, 99, 0)
    expect(buffer.toString('utf8', 0, bytesRead)).toBe('id,name\n1,Ann\n')
    expect(file.sha256).toBeNull()
  })

  test('is not read before it is whole, nor where its bytes are gone', async () => {
    const { store, db } = await open()
    const writer = await FileWriter.create(store, 'database', { name: 'a.csv', actor: 'eva' })
    await writer.write(randomBytes(MEBIBYTE + 1))
    await expect(openStored(db, writer.id)).rejects.toThrow(writer.id)
    await writer.finish()
    await db.deleteFrom('tallyman_file_piece').where('position', '=', MEBIBYTE).execute()
    await expect(sha256Of(await openStored(db, writer.id))).rejects.toThrow(MissingPieceError)

    const folder = tmpDir()
    const onDisk = await aStoredFile(store, 'id\n', { place: { folder } })
    rmSync(path.join(folder, 'sources'), { recursive: true })
    await expect(openStored(db, onDisk)).rejects.toThrow('ENOENT')
  })
})
