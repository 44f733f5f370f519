import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

const CLEAN = 'id,name,age\n1,Ann,30\n2,Bob,40\n'
const DIRTY = 'id,name,age\r\n1,"Ann",30\r\n2,"Bo"b,40\r\n\r\n3,Cy\r\n4,Dee,50\r\n'

function aFolder(files: Record<string, string | Buffer>): string {
  const folder = tmpDir()
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content)
  }
  return folder
}

test('a clean file becomes a table, and the exit code is 0', async () => {
  const folder = aFolder({ 'people.csv': CLEAN })
  const args = ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id', '--json']
  const { code, out, err } = await tallyman(folder, args)

  expect(err).toBe('')
  expect(JSON.parse(out)).toMatchObject({
    id: 1,
    type: 'import',
    label: 'people.csv → people',
    status: 'finished',
    failure: null,
    dry_run: false,
    outcome: 'all_written',
    counters: { total: 2, processed: 2, inserted: 2, rejects: 0, unprocessed: 0 },
  })
  expect(code).toBe(0)

  const shown = await tallyman(folder, ['jobs', 'show', '1', '--json'])
  expect(JSON.parse(shown.out)).toEqual(JSON.parse(out))
})

test('rejects make the exit code 3, and are listed one object a line', async () => {
  const folder = aFolder({ 'people.csv': DIRTY })
  const made = await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create'])
  expect(made.code).toBe(3)
  expect(made.out).toContain('4 processed = 2 success + 0 ignored + 2 rejects')
  expect(made.out).toContain('tallyman jobs rejects 1')

  const listed = async (...more: string[]) => {
    const { out } = await tallyman(folder, ['jobs', 'rejects', '1', '--json', ...more])
    const lines = out.trim().split('\n')
    return lines.map((line): unknown => JSON.parse(line))
  }
  expect(await listed('--code', 'TLY-2003', '--field', '')).toMatchObject([{ record: 3 }])
  expect(await listed()).toMatchObject([
    { record: 2, line: 3, offset: 25, connector: 'text', code: 'TLY-2002', raw: '2,"Bo"b,40' },
    { record: 3, line: 5, offset: 39, type: 'error', field: null, code: 'TLY-2003', raw: '3,Cy' },
  ])
})

test('exported rejects are in the dialect of the source, and come back when corrected', async () => {
  const folder = aFolder({ 'people.csv': Buffer.from(DIRTY.replaceAll('Cy', 'Cé'), 'latin1') })
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  const { code } = await tallyman(folder, ['jobs', 'rejects', '1', '--export', 'bad.csv'])
  expect(code).toBe(0)

  const bad = readFileSync(path.join(folder, 'bad.csv'), 'latin1')
  expect(bad.split('\r\n')).toEqual([
    'id,name,age,reject_line,reject_record,reject_connector,reject_field,reject_code,reject_message',
    expect.stringMatching(/^2,"Bo"b,40,3,2,text,,TLY-2002,/),
    expect.stringMatching(/^3,Cé,5,3,text,,TLY-2003,/),
    '',
  ])

  const sheet = ['jobs', 'rejects', '1', '--export', 'sheet.csv', '--for-spreadsheet']
  const one = await tallyman(folder, [...sheet, '--code', 'TLY-2003'], { LC_ALL: 'es_ES.UTF-8' })
  expect([one.code, one.err]).toEqual([0, expect.stringContaining('Registros en sheet.csv: 1.')])
  expect(readFileSync(path.join(folder, 'sheet.csv'), 'utf8').split('\r\n')).toEqual([
    expect.stringMatching(/^\ufeffreject_line;.*;reject_message;id;name;age;reject_raw$/),
    expect.stringMatching(/^5;3;text;;TLY-2003;.*;3;Cé;;3,Cé$/),
    '',
  ])

  const second = await tallyman(folder, ['jobs', 'rejects', '1', '--export', 'bad.csv'])
  expect([second.code, second.err]).toEqual([2, expect.stringContaining('or add --force')])
  const forced = await tallyman(folder, ['jobs', 'rejects', '1', '--export', 'bad.csv', '--force'])
  expect(forced.code).toBe(0)

  const corrected = bad.replace('"Bo"b', 'Bob').replace('Cé', 'Cé,45')
  writeFileSync(path.join(folder, 'good.csv'), Buffer.from(corrected, 'latin1'))
  const again = await tallyman(folder, ['import', 'good.csv', '--into', 'people', '--key', 'id'])
  expect(again.out).toContain('2 success = 2 inserted')
  expect(again.code).toBe(0)

  await tallyman(folder, ['export', 'people', '--to', 'all.csv', '--columns', 'id,name'])
  const all = readFileSync(path.join(folder, 'all.csv'), 'utf8')
  expect(all.trim().split(/\r?\n/)).toEqual(['id,name', '1,Ann', '2,Bob', '3,Cé', '4,Dee'])
})

test('a limit on rejects makes the job fail with its reason, and the exit code 1', async () => {
  const folder = aFolder({ 'people.csv': DIRTY })
  const args = ['import', 'people.csv', '--into', 'people', '--create', '--max-rejects', '1']
  const { code, out } = await tallyman(folder, [...args, '--json'])
  expect(JSON.parse(out)).toMatchObject({ status: 'failed', failure: 'too_many_rejects' })
  expect(code).toBe(1)
})

test('a dry run counts everything and keeps no row', async () => {
  const folder = aFolder({ 'people.csv': CLEAN, 'more.csv': 'id,name,age\n9,Zoe,1\n' })
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  const dry = ['import', 'more.csv', '--into', 'people', '--key', 'id', '--dry-run', '--json']
  const { out, code } = await tallyman(folder, dry)
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    dry_run: true,
    outcome: 'tried_out',
    counters: { inserted: 1 },
  })
  const shown = await tallyman(folder, ['jobs', 'show', '2'])
  expect(shown.out).toContain('Finished: dry run')
  expect(shown.out).toContain('[~~~~~~~~~~~~~~~~~~~~]  1 would be written')
  expect(shown.out).toContain('1 would be inserted')
  expect(shown.out).toContain('It would insert 1, update 0 and delete 0.')
  const listed = await tallyman(folder, ['jobs', 'list'], { LC_ALL: 'es_ES.UTF-8' })
  expect(listed.out).toContain('Finalizado: simulación')

  await tallyman(folder, ['export', 'people', '--to', 'all.csv'])
  expect(readFileSync(path.join(folder, 'all.csv'), 'utf8')).not.toContain('Zoe')
})

test('a dry run that reaches a limit counts as the run itself would', async () => {
  const rows = ['id,name', '1,Ann', '2,Bo', 'x,Cy', '4,Dee', ''].join('\n')
  const folder = aFolder({ 'people.csv': CLEAN, 'more.csv': rows.replace('1,', '11,') })
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  const args = ['import', 'more.csv', '--into', 'people', '--key', 'id', '--max-rejects', '1']
  const dry = JSON.parse((await tallyman(folder, [...args, '--dry-run', '--json'])).out)
  const real = JSON.parse((await tallyman(folder, [...args, '--json'])).out)
  expect(dry.counters).toEqual(real.counters)
  expect(real.counters).toMatchObject({ processed: 3, inserted: 1, rejects: 1 })
})

test('options of fields reach the table', async () => {
  const folder = aFolder({ 'people.csv': CLEAN, 'more.csv': 'ID;Nombre;age\n1;;31\n2;Rob;41\n' })
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  const { code, err } = await tallyman(
    folder,
    ['import', 'more.csv', '--into', 'people', '--key', 'id', '--map', 'Nombre=name'].concat(
      ['--empty-overwrites', 'name', '--only-on-insert', 'age', '--on-error', 'age=warn'],
      ['--delimiter', 'semicolon', '--encoding', 'latin1'],
    ),
  )
  expect(err).toBe('')
  expect(code).toBe(0)

  await tallyman(folder, ['export', 'people', '--to', 'all.csv', '--no-header'])
  const all = readFileSync(path.join(folder, 'all.csv'), 'utf8')
  expect(all.trim().split(/\r?\n/)).toEqual(['1,,30', '2,Rob,40'])
})

test('a file that could not go in leaves no table, and the corrected one makes its own', async () => {
  const rows = Array.from({ length: 200 }, (_, index) => `"bash","${index}"\r\n`).join('')
  const header = '"Name","Id"\r\n'
  const bad = rows.replaceAll('","', '"x,"')
  const folder = aFolder({ '1.csv': header + bad, '2.csv': header + rows })
  const first = await tallyman(folder, ['import', '1.csv', '--into', 't', '--create'])
  expect(first.code).toBe(1)
  const journal = await tallyman(folder, ['jobs', 'journal', '1'])
  expect(journal.out).toContain(
    'TLY-1042  Nothing went into the table t, which this job had created; it was removed again.',
  )
  const second = await tallyman(folder, ['import', '2.csv', '--into', 't', '--create', '--json'])
  expect(JSON.parse(second.out)).toMatchObject({ status: 'finished', counters: { inserted: 200 } })
  const { out } = await tallyman(folder, ['export', 't', '--to', 'all.csv'])
  expect(out).toContain('200 processed')
  expect(readFileSync(path.join(folder, 'all.csv'), 'utf8')).toMatch(/^Name,Id\r?\n/)
  expect((await tallyman(folder, ['verify'])).code).toBe(0)
})

test('the same file into the same table, without a key, is asked about first', async () => {
  const folder = aFolder({ 'people.csv': CLEAN })
  const args = ['import', 'people.csv', '--into', 'people']
  await tallyman(folder, [...args, '--create'])
  const second = await tallyman(folder, args)
  expect(second.code).toBe(2)
  expect(second.err).toMatch(
    /^--again: The same file went into the table people with job 1 already \(.+\d{4}.+\), and .* add --again\.\n$/,
  )
  const spanish = await tallyman(folder, ['jobs', 'run-again', '1'], { LC_ALL: 'es_ES.UTF-8' })
  expect(spanish.code).toBe(2)
  expect(spanish.err).toMatch(
    /^--again: El mismo archivo ya entró en la tabla people .*--again\.\n$/,
  )
  expect((await tallyman(folder, ['jobs', 'list', '--json'])).out).not.toContain('"id":2')

  const again = await tallyman(folder, [...args, '--again', '--json'])
  expect(JSON.parse(again.out)).toMatchObject({ id: 2, counters: { inserted: 2 } })
  expect((await tallyman(folder, ['jobs', 'run-again', '1', '--again'])).code).toBe(0)
})

test('columns whose names hold a comma are named in double quotes', async () => {
  const folder = aFolder({ 'names.csv': '"last, first",x,y\nA,1,2\nA,3,\n' })
  const { code, err, out } = await tallyman(
    folder,
    ['import', 'names.csv', '--into', 'names', '--create', '--key', '"last, first"'].concat([
      '--empty-overwrites',
      'x,y',
    ]),
  )
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('2 success = 1 inserted + 1 updated')
  const wanted = ['export', 'names', '--to', 'out.csv', '--columns', 'x,"last, first",y']
  expect((await tallyman(folder, wanted)).err).toBe('')
  const exported = readFileSync(path.join(folder, 'out.csv'), 'utf8')
  expect(exported.split(/\r?\n/)).toEqual(['x,"last, first",y', '3,A,', ''])
})

test('the text of a reject is read in the encoding of its file', async () => {
  const folder = tmpDir()
  writeFileSync(
    path.join(folder, 'people.csv'),
    Buffer.from('id;name\n1;Bego\u00f1a\n2;N\u00fa\u00f1ez;x\n', 'latin1'),
  )
  await tallyman(folder, ['import', 'people.csv', '--into', 'person', '--create'])
  const { out } = await tallyman(folder, ['jobs', 'rejects', '1', '--json'])
  expect(JSON.parse(out)).toMatchObject({ record: 2, raw: '2;Núñez;x' })
})
