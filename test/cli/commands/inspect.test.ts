import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

const PEOPLE = 'id;name\n1;Ñandú\n2;"Bo"b\n3;Cy\n'

test('inspect shows how a file would be read and what is wrong in it, and makes nothing', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), PEOPLE)
  const { code, out, err } = await tallyman(folder, ['inspect', 'people.csv'])
  expect(err).toBe('')
  expect(out).toContain('The file is read as utf-8, with the delimiter ";".')
  expect(out).toMatch(/id +integer +1 · 3/)
  expect(out).toContain('2: 1;Ñandú')
  expect(out).toContain('3: There is text after the closing quote of a value.')
  expect(code).toBe(0)
  expect(existsSync(path.join(folder, 'test.db'))).toBe(false)
})

test('inspect shows long values by their beginning, and tells programs all of them', async () => {
  const folder = tmpDir()
  const long = 'y'.repeat(100_000)
  writeFileSync(path.join(folder, 'people.csv'), `id;name\n1;${long}\n2;Bo\n`)
  const { out } = await tallyman(folder, ['inspect', 'people.csv'])
  expect(out).toMatch(/name +text +y{199}… · Bo/)
  expect(out.length).toBeLessThan(10_000)
  const json = await tallyman(folder, ['inspect', 'people.csv', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({
    columns: [{ name: 'id' }, { name: 'name', examples: [long, 'Bo'] }],
  })
})

test('inspect tells programs the same', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), PEOPLE)
  const { out } = await tallyman(folder, ['inspect', 'people.csv', '--json', '--encoding', 'utf8'])
  expect(JSON.parse(out)).toMatchObject({
    source: {
      format: 'delimited',
      encoding: 'utf-8',
      delimiter: ';',
      quote: '"',
      header: ['id', 'name'],
      confidence: { encoding: 1, delimiter: 1 },
      alternatives: { encoding: [], delimiter: [] },
    },
    columns: [
      { name: 'id', type: 'integer', examples: ['1', '3'] },
      { name: 'name', type: 'text', examples: ['Ñandú', 'Cy'] },
    ],
    records: [
      ['1', 'Ñandú'],
      ['3', 'Cy'],
    ],
    faults: [{ line: 3, code: 'TLY-2002' }],
  })
})

test('inspect names a file that is no text, and one that is not there', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.json'), '{"id":1}\n')
  const json = await tallyman(folder, ['inspect', 'a.json'])
  expect(json.code).toBe(2)
  expect(json.err).toMatch(/holds JSON/)
  expect((await tallyman(folder, ['inspect', 'none.csv'])).code).toBe(2)
})

test('inspect and import say alike what a workbook is, and what to do with it', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.xlsx'), 'PK\x03\x04[Content_Types].xml')
  const calls = [
    ['inspect', 'people.xlsx'],
    ['import', 'people.xlsx', '--into', 'people', '--create'],
  ]
  for (const call of calls) {
    const english = await tallyman(folder, call)
    expect([english.code, english.out]).toEqual([2, ''])
    expect(english.err).toMatch(/people\.xlsx is a workbook .*; save the sheet as CSV \(UTF-8\)/)
    const spanish = await tallyman(folder, call, { LC_ALL: 'es_ES.UTF-8' })
    expect(spanish.err).toMatch(/people\.xlsx es un libro de cálculo .*; guarde la hoja como CSV/)
  }
})

test('inspect tells each of several files, and what keeps one from being imported with the first', async () => {
  const folder = tmpDir()
  const texts = {
    'a.csv': PEOPLE,
    'b.csv': 'name,id,town\nEva,4,Oslo\n',
    'c.csv': 'id;town\n5;Oslo\n',
    'd.jsonl': '{"id":6,"name":"Flo"}\n',
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text)
  const names = [...Object.keys(texts), 'none.csv']
  const { code, out } = await tallyman(folder, ['inspect', ...names])
  expect(code).toBe(2)
  const parts = out.split(/^File \d of 5: /m).slice(1)
  expect(parts).toEqual([
    expect.stringMatching(/a\.csv\.\n(.*\n)*.*with the delimiter ";"(.*\n)*.*There is text after/),
    expect.stringMatching(
      /b\.csv\.\n.*that the first file lacks, and that fill nothing: town\.\n.*delimiter ","/,
    ),
    expect.stringMatching(/c\.csv\.\n.*c\.csv has no column for name, which .*a\.csv has/),
    expect.stringMatching(/d\.jsonl\.\n.*d\.jsonl is JSON Lines, but/),
    expect.stringMatching(/none\.csv\.\n.*none\.csv/),
  ])

  const json = await tallyman(folder, ['inspect', ...names, '--json'])
  expect(json.code).toBe(2)
  expect(JSON.parse(json.out)).toMatchObject({
    files: [
      { name: 'a.csv', problem: null, notes: [], source: { delimiter: ';' }, sampled: 3 },
      {
        name: 'b.csv',
        problem: null,
        notes: [{ code: 'TLY-1147' }],
        records: [['Eva', '4', 'Oslo']],
      },
      { name: 'c.csv', problem: expect.stringContaining('has no column for name') },
      { name: 'd.jsonl', problem: expect.stringContaining('JSON Lines') },
      { name: 'none.csv', problem: expect.stringContaining('none.csv') },
    ],
  })
  expect((await tallyman(folder, ['inspect', 'a.csv', 'b.csv'])).code).toBe(0)
  const twice = await tallyman(folder, ['inspect', 'a.csv', 'a.csv'])
  expect(twice.err).toContain('a.csv is named twice')
})
