import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hashBeside } from '../../src/pipeline/hash-beside.ts'
import { tmpDir } from '../support/tmp.ts'

test('a file is hashed while something else goes on', async () => {
  const file = path.join(tmpDir(), 'file')
  const bytes = Buffer.alloc(9_000_000, 'bytes')
  writeFileSync(file, bytes)
  const hash = hashBeside(file, null)
  expect(hash.known()).toBeNull()
  await hash.whole
  expect(hash.known()).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('a hash that is known is not made again, and one that is not needed is left', async () => {
  const file = path.join(tmpDir(), 'file')
  writeFileSync(file, Buffer.alloc(9_000_000))
  expect(hashBeside(file, 'known').known()).toBe('known')
  const left = hashBeside(file, null)
  left.stop()
  await expect(left.whole).rejects.toThrow('aborted')
  expect(left.known()).toBeNull()
})

test('says that a file is gone', async () => {
  await expect(hashBeside(path.join(tmpDir(), 'none'), null).whole).rejects.toThrow('ENOENT')
})
