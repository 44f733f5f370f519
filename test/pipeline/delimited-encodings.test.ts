import { describe, expect, test } from 'vitest'
import { flagsOf, recordsOf } from '../support/pipeline/delimited.ts'

describe('another encoding', () => {
  const text = 'a;"b\r\n€";ž\nc;d;😀\r'
  const fields = [
    ['a', 'b\r\n€', 'ž'],
    ['c', 'd', '😀'],
  ]

  test('UTF-16, with places and raw text in bytes', async () => {
    const bytes = Buffer.from(text, 'utf16le')
    const options = { delimiter: ';' }
    const little = await recordsOf(bytes, { ...options, encoding: 'utf-16le' })
    const big = await recordsOf(Buffer.from(bytes).swap16(), { ...options, encoding: 'utf-16be' })
    expect(little.map((record) => record.fields)).toEqual(fields)
    expect(big.map((record) => record.fields)).toEqual(fields)
    expect(big.map(({ end }) => end)).toEqual([22, bytes.length])
    expect(Buffer.from(little[1]?.raw ?? '', 'latin1').toString('utf16le')).toBe('c;d;😀')
  })

  test('UTF-16 with half a character', async () => {
    const halfPair = Buffer.from('a,\ud83d\nb,c\n', 'utf16le')
    const oddByte = Buffer.concat([Buffer.from('a,b\nc,d', 'utf16le'), Buffer.from('e')])
    expect(await flagsOf(halfPair, { encoding: 'utf-16le' })).toEqual(['encoding', undefined])
    expect(await flagsOf(oddByte, { encoding: 'utf-16le' })).toEqual([undefined, 'encoding'])
  })

  test('Windows-1252', async () => {
    const bytes = Buffer.from('\x80;"\x8e"\n', 'latin1')
    const records = await recordsOf(bytes, { encoding: 'windows-1252', delimiter: ';' })
    expect(records[0]?.fields).toEqual(['€', 'Ž'])
  })
})
