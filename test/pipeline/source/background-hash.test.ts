import { createHash } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hashInBackground } from '../../../src/pipeline/source/background-hash.ts'
import { aSource } from '../../support/pipeline/a-source.ts'
import { tmpDir } from '../../support/tmp.ts'

async function aLargeSource() {
  const file = path.join(tmpDir(), 'file')
  const bytes = Buffer.alloc(9_000_000, 'bytes')
  writeFileSync(file, bytes)
  return { file, bytes, source: await aSource(file) }
}

test('a file is hashed while something else goes on', async () => {
  const { bytes, source } = await aLargeSource()
  const hash = hashInBackground(source)
  expect(source.sha256).toBeNull()
  await hash.whole
  expect(source.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('a hash that is known is not made again, and one that is not needed is left', async () => {
  const { source } = await aLargeSource()
  const left = hashInBackground(source)
  left.stop()
  await expect(left.whole).rejects.toThrow('aborted')
  expect(source.sha256).toBeNull()

  await source.expect(source.description, 'known')
  await hashInBackground(source).whole
  expect(source.sha256).toBe('known')
})

test('a file that is changed while it is hashed has no hash', async () => {
  const { file, source } = await aLargeSource()
  const hash = hashInBackground(source)
  appendFileSync(file, 'more')
  await hash.whole
  expect(source.sha256).toBeNull()
})
