import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hashBeside } from '../../src/pipeline/hash-beside.ts'
import { describeSource } from '../../src/pipeline/source.ts'
import { tmpDir } from '../support/tmp.ts'

test.each([
  ['small', 1_000],
  ['large', 9_000_000],
])('a %s file is hashed while something else goes on', async (name, length) => {
  const file = path.join(tmpDir(), name)
  const bytes = Buffer.alloc(length, name)
  writeFileSync(file, bytes)
  const hash = hashBeside(file, await describeSource(file), null)
  expect(hash.known()).toBeNull()
  await hash.whole
  expect(hash.known()).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('a hash that is known is not made again, and one that is not needed is left', async () => {
  const file = path.join(tmpDir(), 'file')
  writeFileSync(file, Buffer.alloc(9_000_000))
  const source = await describeSource(file)
  expect(hashBeside(file, source, 'known').known()).toBe('known')
  const left = hashBeside(file, source, null)
  left.stop()
  expect(left.known()).toBeNull()
})

test.each([1_000, 9_000_000])('says that a file of %i bytes is gone', async (size) => {
  const source = { size, mtimeMs: 0, ctimeMs: 0, ino: 0, gzip: false }
  await expect(hashBeside(path.join(tmpDir(), 'none'), source, null).whole).rejects.toThrow(
    'ENOENT',
  )
})
