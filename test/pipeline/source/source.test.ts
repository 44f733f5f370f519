import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SourceTruncatedError } from '../../../src/pipeline/source/inflate.ts'
import { SourceFile } from '../../../src/pipeline/source/source-file.ts'
import type { SourceOptions } from '../../../src/pipeline/source/source.ts'
import { aSource } from '../../support/pipeline/a-source.ts'

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'tallyman-'))))
afterAll(() => rm(folder, { recursive: true }))

/** Where Linux tells which files a process has open; other systems have no such place. */
const OPEN_FILES = '/proc/self/fd'
const canSeeOpenFiles = existsSync(OPEN_FILES)

const text = Buffer.from('id,name\n' + '1,some name\n'.repeat(300_000))

describe.each([
  ['plain', (bytes: Buffer) => bytes],
  ['gzip', (bytes: Buffer) => gzipSync(bytes)],
  [
    'gzip of several members',
    (bytes: Buffer) => Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))]),
  ],
])('a source that is %s', (name, pack) => {
  test.each([0, 1, 9, 1_048_576, text.length - 1, text.length, text.length + 9])(
    'is read from byte %i on',
    async (offset) => {
      const path = await aFile(`${name}-${offset}`, pack(text))
      expect((await read(path, { offset })).equals(text.subarray(offset))).toBe(true)
    },
  )

  test('tells how far it was read', async () => {
    const path = await aFile(`${name}-progress`, pack(text))
    const source = (await aSource(path)).read({ offset: 0 })
    const seen = [source.bytesRead]
    for await (const chunk of source) if (chunk.length > 0) seen.push(source.bytesRead)
    expect(seen[0]).toBe(0)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(source.size)
  })

  test('can be left before its end, read again, and is closed once', async () => {
    const path = await aFile(`${name}-left`, pack(text))
    const source = await SourceFile.open(undefined, { path, beneath: null })
    for (const _ of [1, 2]) {
      for await (const chunk of source.read({ offset: 0, windowBytes: 100 })) {
        expect(chunk[0]).toBe('i'.charCodeAt(0))
        break
      }
      expect(isOpen(path)).toBe(canSeeOpenFiles)
    }
    await source.close()
    expect(isOpen(path)).toBe(false)
  })
})

describe('a gzip source cut in half', () => {
  test('gives all there is, and then says so', async () => {
    // Random digits, so that half of the file is also about half of the contents.
    const contents = Buffer.from(randomBytes(2_000_000).toString('hex'))
    const packed = gzipSync(contents)
    const path = await aFile('cut.gz', packed.subarray(0, packed.length / 2))
    const seen: Buffer[] = []
    const reading = async () => {
      const source = await aSource(path)
      for await (const chunk of source.read({ offset: 0 })) seen.push(Buffer.from(chunk))
    }
    await expect(reading).rejects.toThrow(SourceTruncatedError)

    const bytes = Buffer.concat(seen)
    expect(bytes.length).toBeGreaterThan(contents.length * 0.45)
    expect(bytes.equals(contents.subarray(0, bytes.length))).toBe(true)
  })

  test('is told from one that is damaged', async () => {
    const packed = gzipSync(text)
    packed.fill(0xff, 200, 260)
    const path = await aFile('damaged.gz', packed)
    await expect(read(path, { offset: 0 })).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })
  })
})

describe('a damaged gzip source', () => {
  const lines = Buffer.from(Array.from({ length: 30_000 }, (_, at) => `${at},some name\n`).join(''))

  async function deliveredOf(name: string, packed: Buffer): Promise<Buffer> {
    const path = await aFile(name, packed)
    const seen: Buffer[] = []
    const reading = async () => {
      const source = await aSource(path)
      for await (const chunk of source.read({ offset: 0 })) seen.push(chunk)
    }
    await expect(reading).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })
    return Buffer.concat(seen)
  }

  test('whose check sum alone is wrong gives all of its contents', async () => {
    const packed = gzipSync(lines)
    packed.writeUInt32LE(0, packed.length - 8)
    expect((await deliveredOf('sum.gz', packed)).equals(lines)).toBe(true)
  })

  test('gives every byte before the damage, wherever in a window that lies', async () => {
    for (const sound of [1, 65_000, 200_001]) {
      // The first member is whole; the second begins with a block of a kind that there is not.
      const packed = Buffer.concat([gzipSync(lines.subarray(0, sound)), gzipSync('x')])
      packed[gzipSync(lines.subarray(0, sound)).length + 10] = 0xff
      const bytes = await deliveredOf(`member-${sound}.gz`, packed)
      expect(bytes.equals(lines.subarray(0, sound))).toBe(true)
    }
  })
})

describe('the description of a source', () => {
  test('knows gzip by its first bytes, not by its name', async () => {
    const packed = gzipSync('a')
    expect((await aSource(await aFile('packed.csv', packed))).description).toMatchObject({
      gzip: true,
      size: packed.length,
    })
    expect((await aSource(await aFile('plain.gz', 'a'))).description).toMatchObject({
      gzip: false,
      size: 1,
    })
    expect((await aSource(await aFile('empty', ''))).description).toMatchObject({
      gzip: false,
      size: 0,
    })
  })

  test('has a hash of the file as it lies on disk', async () => {
    const expected = createHash('sha256').update(text).digest('hex')
    const source = await aSource(await aFile('hashed', text))
    expect(source.sha256).toBeNull()
    await source.hash()
    expect(source.sha256).toBe(expected)
  })

  test('an empty source has no bytes', async () => {
    expect(await read(await aFile('nothing', ''), { offset: 0 })).toHaveLength(0)
  })

  test('a source that is not there is an error when it is opened', async () => {
    await expect(aSource(join(folder, 'none'))).rejects.toThrow('ENOENT')
  })
})

/** Whether this process has the file open. */
function isOpen(path: string): boolean {
  if (!canSeeOpenFiles) return false
  return readdirSync(OPEN_FILES).some((fd) => targetOf(join(OPEN_FILES, fd)) === path)
}

/** The descriptor that lists the folder is gone when it is asked for. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link)
  } catch {
    return undefined
  }
}

async function aFile(name: string, contents: Buffer | string): Promise<string> {
  const path = join(folder, name.replaceAll(' ', '-'))
  await writeFile(path, contents)
  return path
}

async function read(path: string, options: SourceOptions): Promise<Buffer> {
  const chunks: Buffer[] = []
  const source = await aSource(path)
  for await (const chunk of source.read(options)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
