import { describe, expect, test } from 'vitest'
import { parseEncoding, type Encoding } from '../../../src/pipeline/encodings/encoding-names.ts'
import { detectEncoding } from '../../../src/pipeline/encodings/detect-encoding.ts'
import { encodeCharacter, encodeText } from '../../../src/pipeline/encodings/encode.ts'
import { decoderFor } from '../../../src/pipeline/encodings/encoding.ts'

describe('the encoding of a source', () => {
  test.each([
    ['utf-8', 3, Buffer.from('\ufeffä')],
    ['utf-16le', 2, Buffer.from('\ufeffä', 'utf16le')],
    ['utf-16be', 2, Buffer.from('\ufeffä', 'utf16le').swap16()],
  ])('is %s by its byte order mark of %i bytes', (encoding, bomBytes, bytes) => {
    expect(detectEncoding(bytes)).toMatchObject({ encoding, bomBytes })
  })

  test.each([
    ['utf-8', Buffer.from('id,name\n1,José')],
    ['utf-8', Buffer.alloc(0)],
    ['utf-8', Buffer.from('a€').subarray(0, 3)],
    ['windows-1252', Buffer.from('id,name\n1,Jos\xe9\n', 'latin1')],
    ['utf-8', Buffer.concat([Buffer.from('1,José\n2,Núñez\n3,'), Buffer.from([0xe9, 0x0a])])],
    ['utf-16le', Buffer.from('id,name\n1,José', 'utf16le')],
    ['utf-16be', Buffer.from('id,name\n1,José', 'utf16le').swap16()],
  ])('is guessed as %s without a mark (%#)', (encoding, bytes) => {
    expect(detectEncoding(bytes)).toMatchObject({ encoding, bomBytes: 0 })
  })

  test.each([
    ['Spanish in quotes', ['Calle “Ñ”', 'Letra ñ', 'a ñ b']],
    ['few words', ['Núñez', '“Ñ”']],
    ['a statement', [...Array(150).fill('Núñez'), 'Plaza «Ó»', '“Á”', '‘É’', '¿Él?']],
    ['German in quotes', ['Größe', '„Ü“', 'Straße']],
  ])('is of equally good guesses the one of Western Europe: %s', (_what, texts) => {
    expect(detectEncoding(fileOf(texts, 'windows-1252')).encoding).toBe('windows-1252')
  })

  test.each([
    ['windows-1250', ['Łódź', 'Kraków', 'Wałbrzych', 'Żółć', 'Świętokrzyska']],
    ['windows-1251', ['Москва', 'Петербург', 'Иванов Иван', 'улица Ленина']],
    ['iso-8859-7', ['Αθήνα', 'Θεσσαλονίκη', 'Γιώργος Παπαδόπουλος']],
    ['windows-1257', ['Šiauliai', 'Žemaitė', 'Kėdainiai', 'ąčęėįšųūž']],
  ] as const)('may be Windows-1252 wherever its bytes are possible: %s', (encoding, texts) => {
    const detected = detectEncoding(fileOf([...texts], encoding))
    expect(detected.encoding).toBe(encoding)
    expect(detected.alternatives).toContain('windows-1252')
  })

  test('cannot be Windows-1252 where that lacks a byte', () => {
    const { encoding, alternatives } = detectEncoding(fileOf(['Ťažký ťah', 'čaj'], 'windows-1250'))
    expect([encoding, ...alternatives]).not.toContain('windows-1252')
  })

  test('may be Windows-1252 where some bytes are not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('1,Nuñez\n2,ñandú\n3,'), Buffer.from([0xe9, 0x0a])])
    expect(detectEncoding(bytes)).toMatchObject({
      encoding: 'utf-8',
      alternatives: ['windows-1252'],
    })
  })

  test.each([
    ['UTF8', 'utf-8'],
    ['utf-16', 'utf-16le'],
    ['UTF_16BE', 'utf-16be'],
    ['cp1252', 'windows-1252'],
    ['latin1', 'iso-8859-1'],
    ['ISO 8859-15', 'iso-8859-15'],
    ['latin-9', 'iso-8859-15'],
    ['ebcdic', undefined],
  ])('is given as %s', (name, encoding) => {
    expect(parseEncoding(name)).toBe(encoding)
  })
})

describe('decoding', () => {
  test('Windows-1252 has a euro sign where ISO-8859-1 has a control character', () => {
    expect(decoderFor('windows-1252')('\x80\x9f\xe9')).toBe('€Ÿé')
    expect(decoderFor('iso-8859-1')('\x80\x9f\xe9')).toBe('\x80\x9f\xe9')
    expect(decoderFor('iso-8859-15')('\x80\xa4\xbd\xe9')).toBe('\x80€œé')
  })

  test('each byte of Windows-1252 is what the standard says', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const ours = decoderFor('windows-1252')(Buffer.from(bytes).toString('latin1'))
    expect(ours).toBe(new TextDecoder('windows-1252').decode(bytes))
  })

  test('bytes that are not UTF-8 are no text, and a replacement character is some', () => {
    const decode = decoderFor('utf-8')
    expect(decode('caf\xe9')).toBeUndefined()
    expect(decode('\xed\xa0\x80')).toBeUndefined()
    expect(decode('\xef\xbf\xbd')).toBe('\ufffd')
    expect(decode('\xe2\x82\xac')).toBe('€')
  })

  test('half a character of UTF-16 is no text', () => {
    expect(decoderFor('utf-16le')('\x3d\xd8')).toBeUndefined()
    expect(decoderFor('utf-16be')('\x00a\x00')).toBeUndefined()
    expect(decoderFor('utf-16be')('\x20\xac')).toBe('€')
  })

  test('a character is encoded where the encoding has it', () => {
    expect(encodeCharacter('§', 'utf-8')).toBe('\xc2\xa7')
    expect(encodeCharacter('€', 'windows-1252')).toBe('\x80')
    expect(encodeCharacter('€', 'iso-8859-1')).toBeUndefined()
    expect(encodeCharacter(';', 'utf-16be')).toBe('\0;')
  })
})

function fileOf(texts: string[], encoding: Encoding): Buffer {
  const lines = ['id;text', ...texts.map((text, at) => `${at + 1};${text}`), '']
  return Buffer.from(encodeText(lines.join('\n'), encoding) ?? '', 'latin1')
}
