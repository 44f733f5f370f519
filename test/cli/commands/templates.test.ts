import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

async function aTemplate() {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.csv'), 'Correo;Nombre\nana@x.es;Ana\n')
  writeFileSync(path.join(folder, 'b.csv'), 'Correo;Nombre\nana@x.es;Ana María\n')
  const map = ['--map', 'Correo=email', '--map', 'Nombre=name']
  await tallyman(folder, [
    'import',
    'a.csv',
    '--into',
    'people',
    '--create',
    '--key',
    'email',
    ...map,
  ])
  const saved = await tallyman(folder, ['templates', 'save', 'Daily people', '--job', '1'])
  expect([saved.err, saved.code]).toEqual(['', 0])
  return folder
}

test('a template can be written into a pipe, which can be read only once', async () => {
  const folder = await aTemplate()
  const pipe = path.join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const writing = writeFile(pipe, '{"type": "import", "table": "people"}')
  const saved = await tallyman(folder, ['templates', 'save', 'Piped', '--spec', 'pipe'])
  await writing
  expect([saved.err, saved.code]).toEqual(['', 0])
  expect(saved.out).toContain('"Piped"')
})

test('a template of a job imports the next file, and options go before it', async () => {
  const folder = await aTemplate()
  const next = ['import', 'b.csv', '--template', 'daily PEOPLE', '--json']
  const second = await tallyman(folder, next)
  expect(JSON.parse(second.out)).toMatchObject({
    counters: { updated: 1 },
    template: 'Daily people',
  })
  const other = await tallyman(folder, [...next, '--into', 'others'])
  expect(JSON.parse(other.out)).toMatchObject({ id: 3, counters: { inserted: 1 } })

  const shown = await tallyman(folder, ['jobs', 'show', '2'])
  expect(shown.out).toMatch(/Template +Daily people/)
  await tallyman(folder, ['import', 'a.csv', '--into', 'elsewhere', '--create'])
  const listed = await tallyman(folder, ['jobs', 'list', '--template', 'daily people', '--json'])
  expect(JSON.parse(listed.out)).toMatchObject({ jobs: [{ id: 3 }, { id: 2 }, { id: 1 }] })
  const { out } = await tallyman(folder, ['templates', 'show', 'Daily people', '--json'])
  expect(JSON.parse(out)).toMatchObject({
    native: false,
    specification: { table: 'people', map: { Correo: 'email' } },
    jobs: [{ id: 3 }, { id: 2 }, { id: 1 }],
    changes: [],
  })
})

test('a template as it is printed is saved as another one, and templates are listed', async () => {
  const folder = await aTemplate()
  const { out } = await tallyman(folder, ['templates', 'show', 'Daily people'])
  writeFileSync(path.join(folder, 'printed.json'), out)
  const save = ['templates', 'save', 'Copy', '--spec', 'printed.json']
  expect((await tallyman(folder, save)).code).toBe(0)
  const again = await tallyman(folder, save)
  expect([again.code, again.err]).toEqual([
    2,
    expect.stringContaining('There is a template "Copy"'),
  ])
  expect((await tallyman(folder, [...save, '--replace'])).code).toBe(0)
  const listed = await tallyman(folder, ['templates', 'list'])
  expect(listed.out).toMatch(/^Copy +Import +people .*\nDaily people +Import +people /m)
  expect((await tallyman(folder, ['templates', 'delete', 'copy'])).code).toBe(0)
  const gone = await tallyman(folder, ['templates', 'show', 'Copy'])
  expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('no template "Copy"')])
})

test('a file that says what it is for is saved as that', async () => {
  const folder = await aTemplate()
  const { out } = await tallyman(folder, ['templates', 'show', 'excel-export'])
  writeFileSync(path.join(folder, 'printed.json'), out)
  const save = ['templates', 'save', 'Ours', '--spec', 'printed.json']
  expect(await tallyman(folder, save)).toMatchObject({ code: 0, err: '' })
  const shown = await tallyman(folder, ['templates', 'show', 'Ours'])
  expect(shown.out).toBe(out)
  const wrong = await tallyman(folder, [...save, '--replace', '--type', 'import'])
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining('specification of an export'),
  ])
  writeFileSync(path.join(folder, 'silent.json'), '{"delimiter": ";"}')
  const silent = ['templates', 'save', 'Silent', '--spec', 'silent.json']
  expect((await tallyman(folder, silent)).code).toBe(0)
  const listed = await tallyman(folder, ['templates', 'list'])
  expect(listed.out).toMatch(/^Ours +Export +–.*\n(.*\n)?Silent +Import /m)
})

test('a file to fill in is written for a template or a table, and imported as it is', async () => {
  const folder = await aTemplate()
  const example = ['example', '--template', 'Daily people', '--to', 'new.csv']
  expect(await tallyman(folder, example)).toMatchObject({ code: 0, err: '', out: '' })
  const again = await tallyman(folder, example)
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('add --force')])
  const json = await tallyman(folder, [...example, '--force', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ columns: ['Correo', 'Nombre'] })
  const imported = ['import', 'new.csv', '--template', 'Daily people', '--json']
  expect(JSON.parse((await tallyman(folder, imported)).out).counters).toMatchObject({ inserted: 2 })
  const { out } = await tallyman(folder, ['example', 'people'])
  expect(out).toContain('email;name\r\nemail 9901;name 1\r\n')
  const none = await tallyman(folder, ['example', '--template', 'excel-import'])
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('argument table is missing')])
})

test('a file to fill in is written as the last source of its template or table was', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.csv'), Buffer.from('Código;Año\n1;Ñu\n2;Ú\n', 'latin1'))
  await tallyman(folder, ['import', 'a.csv', '--into', 'years', '--create'])
  await tallyman(folder, ['templates', 'save', 'Yearly', '--job', '1'])
  for (const of of [['years'], ['--template', 'Yearly']]) {
    await tallyman(folder, ['example', ...of, '--to', 'new.csv', '--force'])
    const text = readFileSync(path.join(folder, 'new.csv')).toString('latin1')
    expect(text.split('\r\n')[0]).toBe('Código;Año')
  }
})

test('a template that ships with the program writes a file for a spreadsheet', async () => {
  const folder = await aTemplate()
  const to = ['export', 'people', '--to', 'out.csv', '--template', 'excel-export']
  expect((await tallyman(folder, [...to, '--columns', 'name'])).code).toBe(0)
  expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toBe('\ufeffname\r\nAna\r\n')
  const native = await tallyman(folder, ['templates', 'delete', 'excel-export'])
  expect([native.code, native.err]).toEqual([1, expect.stringContaining('ships with the program')])
})

test.each([
  [['import', 'b.csv', '--template', 'None'], 'no template "None"'],
  [['import', 'b.csv', '--template', 'excel-import'], '--into'],
  [['import', 'b.csv', '--template', 'csv-export'], 'other direction'],
  [['export', '--to', 'x.csv', '--template', 'csv-export'], 'argument table'],
  [['templates', 'save', 'x'], '--job ID'],
])('%j is refused with what to do', async (args, sentence) => {
  const folder = await aTemplate()
  const { code, err } = await tallyman(folder, args)
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
})

test('a template of what changed exports that alone after its first run', async () => {
  const folder = await aTemplate()
  const first = ['export', 'people', '--to', 'all.csv', '--differential', 'name', '--json']
  expect(JSON.parse((await tallyman(folder, first)).out)).toMatchObject({
    id: 2,
    status: 'finished',
  })
  await tallyman(folder, ['templates', 'save', 'Nightly', '--job', '2'])
  writeFileSync(path.join(folder, 'c.csv'), 'email,name\nbea@x.es,Bea\n')
  await tallyman(folder, ['import', 'c.csv', '--into', 'people', '--key', 'email'])
  const next = ['export', '--to', 'next.csv', '--template', 'nightly', '--columns', 'name']
  const second = await tallyman(folder, next)
  expect([second.err, second.code]).toEqual(['', 0])
  const { out } = await tallyman(folder, ['jobs', 'journal', '4'])
  expect(out).toContain('Only what changed since job 2 is written: name from Ana to Bea.')
  const windows = [2, 4, 1].map(async (id) => {
    const shown = await tallyman(folder, ['jobs', 'show', String(id), '--json'])
    const { differential } = z.object({ differential: z.unknown() }).parse(JSON.parse(shown.out))
    return differential
  })
  expect(await Promise.all(windows)).toEqual([
    { field: 'name', after: null, up_to: 'Ana' },
    { field: 'name', after: 'Ana', up_to: 'Bea' },
    null,
  ])
})
