import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { ImportSpecification } from '../../../../../src/domain/specification/specification.ts'
import { freshStore, run, specify } from '../../../../support/pipeline/an-import.ts'

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')

/** Makes a table after a file, and tells what is in it and what was said. */
async function brought(content: string | Buffer, given: Partial<ImportSpecification> = {}) {
  const { store, folder } = await freshStore()
  const file = path.join(folder, 'file.csv')
  writeFileSync(file, content)
  const made = { path: file, table: 'made', create: true, operation: 'insert' as const, ...given }
  const { last, batches } = await run(store, specify(made))
  const { rows } = await sql<Record<string, unknown>>`select * from made`.execute(store.db)
  const journal = batches.flatMap((batch) => batch.journal)
  return { rows, journal, counters: last.counters, codes: journal.map(({ code }) => code) }
}

describe('an import finds out by itself', () => {
  test('the delimiter that the line for Excel names, which is no header', async () => {
    for (const content of ['sep=;\r\nid;name\r\n1;Ann\r\n', '\ufeffsep=;\nid;name\n1;Ann']) {
      const { rows, counters } = await brought(content)
      expect(rows).toEqual([{ id: 1, name: 'Ann' }])
      expect(counters.empty).toBe(0)
    }
    const little = Buffer.from('\ufeffsep=|\nid|name\n1|Ann\n', 'utf16le')
    expect((await brought(little)).rows).toEqual([{ id: 1, name: 'Ann' }])
  })

  test('that a Ctrl-Z behind the last line is the end of the file', async () => {
    for (const end of ['\x1a', '\x1a\x1a\x1a']) {
      const { rows, counters } = await brought(`id\r\n1\r\n2\r\n${end}`)
      expect(rows).toEqual([{ id: 1 }, { id: 2 }])
      expect(counters.processed).toBe(2)
    }
    expect((await brought('id,a\n1,\x1ax\n')).rows).toEqual([{ id: 1, a: '\x1ax' }])
  })

  test('that bytes which Windows-1252 does not have are none of it, and warns of a guess', async () => {
    const bytes = Buffer.from('8f88979d8be695aa2c8c8f90940d0a312c320d0a', 'hex')
    const { rows, codes } = await brought(bytes)
    expect(rows).toEqual([{ 処理区分: 1, 件数: 2 }])
    expect(codes).toContain('TLY-1101')
  })

  test('Spanish in Windows-1252, without a warning', async () => {
    const words = ['Ñandú', 'Muñoz y Peña', 'camión', 'África', 'güero', '¿Qué?']
    const text = lines('id,name', ...words.map((word, at) => `${at},${word}`))
    const { rows, codes } = await brought(Buffer.from(text, 'latin1'))
    expect(rows.map(({ name }) => name)).toEqual(words)
    expect(codes).not.toContain('TLY-1101')
  })
})

describe('an import takes', () => {
  const ANN = [
    { id: 1, name: 'Ann' },
    { id: 2, name: 'Bob' },
  ]

  test.each<[string, string, Partial<ImportSpecification>]>([
    ['delimiters of several characters', 'id||name\n1||Ann\n2||Bob\n', { delimiter: '||' }],
    ['an invisible one', 'id\x01name\n1\x01Ann\n2\x01Bob\n', {}],
    ['another quote', "'id','name'\n1,'Ann'\n2,'Bob'\n", { quote: "'" }],
    ['a record end of its own', 'id,name~1,Ann~2,Bob', { recordEnd: '~' }],
    ['comments', '# who\nid,name\n1,Ann\n#3,Eve\n2,Bob\n', { comment: '#' }],
    ['blanks around quotes', 'id , "name"\n1, "Ann" \n 2 ,Bob\n', { trim: true, delimiter: ',' }],
    [
      'runs of delimiters',
      ' id   name\n1 Ann  \n2    Bob\n',
      { mergeDelimiters: true, delimiter: ' ' },
    ],
    ['columns that are missing', 'id,name,x\n1,Ann\n2,Bob,\n', { missingColumns: 'empty' }],
    ['columns that are too many', 'id,name\n1,Ann,x\n2,Bob,y,z\n', { surplusColumns: 'ignore' }],
  ])('%s', async (_what, text, given) => {
    const { rows, counters } = await brought(text, given)
    expect(rows.map(({ id, name }) => ({ id, name }))).toEqual(ANN)
    expect(counters.rejects).toBe(0)
  })

  test('a line end as the end of a record, also within quotes, where it is told to', async () => {
    const text = lines('id,name', '1,"Ann', '2,Bob"', '3,Cy')
    expect((await brought(text, { multiline: false })).counters).toMatchObject({
      inserted: 1,
      rejects: 2,
    })
    expect((await brought(text)).counters).toMatchObject({ inserted: 2, rejects: 0 })
  })

  test('comments as lines that are empty, and says so', async () => {
    const { counters, codes } = await brought('id\n# a\n1\n# b\n2\n', { comment: '#' })
    expect(counters).toMatchObject({ processed: 2, empty: 2 })
    expect(codes).toContain('TLY-1103')
  })

  test.each([
    ['shift_jis', '69642c6e616d650a312c835c837c0a', 'ソポ'],
    ['gb18030', '69642c6e616d650a312cc4e38130d3300a', '你\u0452'],
    ['koi8-r', '69642c6e616d650a312cf1c2cc0a', 'Ябл'],
    ['euc-kr', '69642c6e616d650a312cb0a1b3aa0a', '가나'],
    ['iso-2022-jp', '69642c6e616d650a312c1b2442467c1b28420a', '日'],
  ])('text in %s', async (encoding, hex, name) => {
    const bytes = Buffer.from(hex, 'hex')
    const given = { encoding, delimiter: ',' }
    const plain = await brought(bytes, given)
    expect(plain.rows).toEqual([{ id: 1, name }])
    expect((await brought(gzipSync(bytes), given)).rows).toEqual(plain.rows)
  })

  test('the lines that are text where a file changes its encoding in the middle', async () => {
    const text = Buffer.concat([
      Buffer.from('id,name\n1,é\n2,ñ\n'),
      Buffer.from('3,\xe9\n4,x\n', 'latin1'),
    ])
    const { rows, counters } = await brought(text)
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 4])
    expect(counters.rejects).toBe(1)
  })
})

const OPEN_DOCUMENT = '....mimetypeapplication/vnd.oasis.opendocument.'

test.each<[string, string | Buffer, string]>([
  ['a workbook', 'PK\x03\x04....xl/workbook.xml', 'is_workbook'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is_workbook'],
  ['a workbook of LibreOffice', `PK\x03\x04${OPEN_DOCUMENT}spreadsheet`, 'is_workbook'],
  [
    'a workbook whose names come late',
    `PK\x03\x04${'.'.repeat(5_000)}xl/styles.xml`,
    'is_workbook',
  ],
  ['a document', 'PK\x03\x04[Content_Types].xml..word/document.xml', 'is_document'],
  ['a document of LibreOffice', `PK\x03\x04${OPEN_DOCUMENT}text`, 'is_document'],
  ['rich text', '{\\rtf1\\ansi {a,b}\n', 'is_document'],
  ['an archive', 'PK\x03\x04....a.csv', 'is_zip'],
  ['an empty archive', 'PK\x05\x06', 'is_zip'],
  ['a tape archive', `a.csv${'\0'.repeat(252)}ustar`, 'is_packed'],
  ['a 7-Zip archive', Buffer.from('377abcaf271c', 'hex'), 'is_packed'],
  ['a Parquet file', 'PAR1\x15\x04', 'is_parquet'],
  ['an Arrow file', 'ARROW1\0\0', 'is_data_file'],
  ['an Access database', '\0\x01\0\0Standard ACE DB\0', 'is_data_file'],
  ['a program of Linux', '\x7fELF\x02\x01', 'is_program'],
  ['a program of Windows', 'MZ\x90\0\x03', 'is_program'],
  ['a bitmap', 'BM6\0\0', 'is_image'],
  ['a picture of the web', 'RIFF1234WEBPVP8 ', 'is_image'],
  ['a film', '\0\0\0\x18ftypmp42', 'is_media'],
  ['anything else', 'id,\0\0\0\x01\x02,name\0', 'is_binary'],
  ['noise', createHash('shake128', { outputLength: 4_000 }).digest(), 'is_binary'],
  ['JSON Lines', '{"id":1}\n{"id":2}\n', 'is_json'],
  ['JSON', '[\n  {"id": 1}\n]\n', 'is_json'],
  ['a web page', '\n<!DOCTYPE html><p>', 'is_markup'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', 'is_markup'],
  ['XML without a declaration', '<people>\n  <person/>\n</people>', 'is_markup'],
  ['a PDF', '%PDF-1.7\n', 'is_pdf'],
  ['an image', Buffer.from('89504e470d0a1a0a', 'hex'), 'is_image'],
  ['a database', 'SQLite format 3\0', 'is_database_file'],
  ['UTF-32', Buffer.from('fffe000061000000', 'hex'), 'is_utf_32'],
])('%s is named as what it is', async (_what, content, problem) => {
  await expect(brought(content)).rejects.toMatchObject({ problem: { problem } })
})

test.each([
  'MZ,name\n1,Ana\n',
  'BM,name\n1,Ana\n',
  'ID3,ORC\n1,x\n',
  '<id>,<name>\n1,Ana\n',
  '<id> <a=b>,name\n1,Ana\n',
  'id,name\n1,\x01\x02\x03\x01\x02\x03\x01\x02\x03\x01\x02\x03\n',
])('%j is text, though files of other kinds begin with its letters', async (text) => {
  const { counters } = await brought(text, { create: true, table: 'made', delimiter: ',' })
  expect(counters.inserted).toBe(1)
})

test('a record that is no text says where, and what to try', async () => {
  const { store, folder } = await freshStore()
  const file = path.join(folder, 'file.csv')
  writeFileSync(
    file,
    Buffer.concat([Buffer.from('id,name\n1,José Ñ\n'), Buffer.from('2,Jos\xe9\n', 'latin1')]),
  )
  const { batches } = await run(store, specify({ path: file, key: ['id'] }))
  expect(batches.flatMap(({ rejects }) => rejects)).toMatchObject([
    { code: 'TLY-2005', params: { byte: 'E9', place: 6, hint: 'windows-1252' } },
  ])
})
