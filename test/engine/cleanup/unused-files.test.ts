import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findFile } from '../../../src/db/files/stored-files.ts'
import type { Db } from '../../../src/db/store.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { deleteJob } from '../../../src/engine/cleanup/delete-job.ts'
import { isAnyFileUnused, removeUnusedFiles } from '../../../src/engine/cleanup/unused-files.ts'
import { editSpecification } from '../../../src/engine/jobs/edit-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { duplicateJob } from '../../../src/engine/lifecycle/run-again.ts'
import { filesIn } from '../../../src/pipeline/export/result-file.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { aStoredFile } from '../../support/pipeline/a-stored-file.ts'
import { databases } from '../../support/databases.ts'
import { tmpDir } from '../../support/tmp.ts'

const ACT = { now: NOON, actor: OPERATOR }
const HOUR_MS = 3_600_000
const fromDisk = (file: string) => rm(file)

const sweep = (db: Db, hours = 0) =>
  removeUnusedFiles(db, { now: new Date(Date.now() + hours * HOUR_MS), fromDisk })

function wanted(id: string) {
  const specification = parseImportSpecification({ path: `stored:${id}`, table: 'person' })
  return importJob(specification, { fileName: 'people.csv' })
}

async function pieces(db: Db): Promise<number> {
  return (await db.selectFrom('tallyman_file_piece').select('position').execute()).length
}

describe.each(databases)('a stored file on %s', (_name, open) => {
  test('goes with the last of the jobs that have it', async () => {
    const { store, db } = await open()
    const id = await aStoredFile(store, 'id\n1\n')
    const { id: first } = await createJob(db, wanted(id), ACT)
    const { id: copy } = await duplicateJob(db, first, ACT)
    const deletion = { ...ACT, files: filesIn('/no/outbox') }
    await deleteJob(db, first, deletion)
    await sweep(db, 100)
    expect(await findFile(db, id)).toMatchObject({ unused_since: null })
    await deleteJob(db, copy, deletion)
    expect(await isAnyFileUnused(db, new Date())).toBe(true)
    await sweep(db)
    expect([await findFile(db, id), await pieces(db)]).toEqual([undefined, 0])
    expect(await isAnyFileUnused(db, new Date())).toBe(false)
  })

  test('goes after a day in which no job came for it, and no job has it then', async () => {
    const { store, db } = await open()
    const folder = tmpDir()
    const [inside, onDisk] = [
      await aStoredFile(store, 'id\n'),
      await aStoredFile(store, 'id\n', { place: { folder } }),
    ]
    await sweep(db, 23)
    expect(existsSync(path.join(folder, 'sources', onDisk))).toBe(true)
    await sweep(db, 25)
    expect([await findFile(db, inside), await findFile(db, onDisk)]).toEqual([undefined, undefined])
    expect(readdirSync(path.join(folder, 'sources'))).toEqual([])
    await expect(createJob(db, wanted(inside), ACT)).rejects.toMatchObject({
      problem: { problem: 'stored_file_gone' },
    })
  })

  test('goes where its job gets another', async () => {
    const { store, db } = await open()
    const [old, other] = [await aStoredFile(store, 'id\n'), await aStoredFile(store, 'id\n')]
    const { id } = await createJob(db, wanted(old), ACT)
    await editSpecification(db, id, wanted(other), ACT)
    await sweep(db)
    expect(await findFile(db, old)).toBeUndefined()
    expect(await findFile(db, other)).toMatchObject({ unused_since: null })
  })

  test('that its disk does not let go is told, and tried again', async () => {
    const { store, db } = await open()
    const id = await aStoredFile(store, 'id\n', { place: { folder: tmpDir() } })
    const stuck = await removeUnusedFiles(db, {
      now: new Date(Date.now() + 25 * HOUR_MS),
      fromDisk: () => Promise.reject(new Error('read-only')),
    })
    expect(stuck).toMatchObject([{ error: new Error('read-only') }])
    await sweep(db)
    expect(await findFile(db, id)).toBeUndefined()
  })
})
