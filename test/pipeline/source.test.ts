import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  describeSource,
  hashSource,
  openSource,
  SourceTruncatedError,
  type SourceOptions,
} from '../../src/pipeline/source.ts'

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'tallyman-'))))
afterAll(() => rm(folder, { recursive: true }))

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
    const source = await openSource(path, { offset: 0 })
    const seen = [source.bytesRead]
    for await (const chunk of source) if (chunk.length > 0) seen.push(source.bytesRead)
    expect(seen[0]).toBe(0)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(source.size)
  })

  test('can be left before its end', async () => {
    const path = await aFile(`${name}-left`, pack(text))
    for await (const chunk of await openSource(path, { offset: 0, windowBytes: 100 })) {
      expect(chunk[0]).toBe('i'.charCodeAt(0))
      break
    }
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
      for await (const chunk of await openSource(path, { offset: 0 })) seen.push(Buffer.from(chunk))
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

describe('the description of a source', () => {
  test('knows gzip by its first bytes, not by its name', async () => {
    const packed = gzipSync('a')
    expect(await describeSource(await aFile('packed.csv', packed))).toMatchObject({
      gzip: true,
      size: packed.length,
    })
    expect(await describeSource(await aFile('plain.gz', 'a'))).toMatchObject({
      gzip: false,
      size: 1,
    })
    expect(await describeSource(await aFile('empty', ''))).toMatchObject({ gzip: false, size: 0 })
  })

  test('has a hash of the file as it lies on disk', async () => {
    const expected = createHash('sha256').update(text).digest('hex')
    expect(await hashSource(await aFile('hashed', text))).toBe(expected)
  })

  test('an empty source has no bytes', async () => {
    expect(await read(await aFile('nothing', ''), { offset: 0 })).toHaveLength(0)
  })

  test('a source that is not there is an error when it is opened', async () => {
    await expect(openSource(join(folder, 'none'), { offset: 0 })).rejects.toThrow('ENOENT')
  })
})

async function aFile(name: string, contents: Buffer | string): Promise<string> {
  const path = join(folder, name.replaceAll(' ', '-'))
  await writeFile(path, contents)
  return path
}

async function read(path: string, options: SourceOptions): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await openSource(path, options)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
