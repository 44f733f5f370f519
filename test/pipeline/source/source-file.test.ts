import { renameSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { aSource } from '../../support/pipeline/a-source.ts'
import { tmpDir } from '../../support/tmp.ts'

const CHANGED = { reason: 'source_changed' }

async function anOpen() {
  const file = path.join(tmpDir(), 'source.csv')
  writeFileSync(file, 'id\n1\n')
  return { file, source: await aSource(file) }
}

test('what was written just before it was opened is told from what is written just after', async () => {
  for (let round = 0; round < 10; round++) {
    const { file, source } = await anOpen()
    await source.check()
    writeFileSync(file, 'id\n2\n')
    await expect(source.check()).rejects.toMatchObject(CHANGED)
  }
})

test('a source that was touched is the same once its hash can prove it', async () => {
  const { file, source } = await anOpen()
  await source.hash()
  utimesSync(file, 1, 1)
  await source.check()
  expect(source.description.mtimeMs).toBe(1_000)

  const another = await anOpen()
  utimesSync(another.file, 1, 1)
  await expect(another.source.check()).rejects.toMatchObject(CHANGED)
})

test('a source that was renamed is not what its name says', async () => {
  const { file, source } = await anOpen()
  await source.hash()
  renameSync(file, `${file}-old`)
  await expect(source.check()).rejects.toMatchObject(CHANGED)
  renameSync(`${file}-old`, file)
  await source.check()
})
