import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

const LINES = '{"id":1,"name":"Ann","ok":true}\n\n{"id":2,"name":"Bob","ok":null}\n{"id":3,\n'

test('JSON Lines go in and come out by the command line, and everything agrees', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.jsonl'), LINES)
  const call = (...args: string[]) => tallyman(folder, args)

  const inspected = JSON.parse((await call('inspect', 'a.jsonl', '--json')).out)
  expect(inspected).toMatchObject({
    source: { format: 'json_lines', encoding: 'utf-8', header: ['id', 'name', 'ok'] },
    columns: [{ type: 'integer' }, { type: 'text' }, { type: 'boolean' }],
    faults: [{ record: 3, line: 4, code: 'TLY-2030' }],
  })
  const imported = await call(
    'import',
    'a.jsonl',
    '--into',
    'p',
    '--create',
    '--key',
    'id',
    '--json',
  )
  expect(imported.code).toBe(3)
  expect(JSON.parse(imported.out)).toMatchObject({ source: { format: 'json_lines' } })

  const piped = await call('export', 'p', '--to', '-', '--format', 'json_lines')
  expect(piped.out).toBe('{"id":1,"name":"Ann","ok":true}\n{"id":2,"name":"Bob","ok":null}\n')
  await call('export', 'p', '--to', 'p.ndjson')
  expect(readFileSync(path.join(folder, 'p.ndjson'), 'utf8')).toBe(piped.out)
  expect((await call('export', 'p', '--to', 'p.csv')).code).toBe(0)
  expect(readFileSync(path.join(folder, 'p.csv'), 'utf8')).toBe('id,name,ok\n1,Ann,true\n2,Bob,\n')

  await call('jobs', 'rejects', '1', '--export', 'fix.jsonl')
  const rejects = readFileSync(path.join(folder, 'fix.jsonl'), 'utf8')
  expect(rejects).toMatch(/^\{"reject_raw":"\{\\"id\\":3,","reject_line":4,"reject_record":3,/)
  writeFileSync(path.join(folder, 'fix.jsonl'), rejects.replace(',"', '}"'))
  expect((await call('import', 'fix.jsonl', '--into', 'p', '--key', 'id')).code).toBe(0)
  const verified = await call('verify')
  expect([verified.code, verified.err]).toEqual([
    0,
    expect.not.stringMatching(/does not agree\b.*[1-9]/),
  ])
})

test('a format is named in both languages, and what it does not know is refused', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'a.txt'), LINES)
  for (const command of ['import', 'inspect', 'export']) {
    const english = await tallyman(folder, [command, '--help'])
    expect(english.out).toMatch(/--format <format>[^-]*delimited, json_lines/)
    const spanish = await tallyman(folder, [command, '--help'], { LC_ALL: 'es_ES.UTF-8' })
    expect(spanish.out).toMatch(/--format <format>\s+(qué|por)/)
  }
  const wrong = await tallyman(folder, [
    'inspect',
    'a.txt',
    '--format',
    'json_lines',
    '--quote',
    "'",
  ])
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--quote')])
  const none = await tallyman(folder, ['inspect', 'a.txt', '--format', 'yaml'])
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('json_lines')])
})
