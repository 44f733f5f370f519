import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tallyman } from '../support/cli.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'tallyman-'))

beforeAll(async () => {
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n')
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
})

afterAll(() => rmSync(folder, { recursive: true }))

const WRONG: [string, RegExp][] = [
  ['imprt', /^Unknown command 'imprt'\. Did you mean import\?$/],
  ['import people.csv', /--into/],
  ['import people.csv --into people --kye id', /Did you mean --key\?/],
  ['import people.csv --into people --operation merge', /insert_or_update, insert, update/],
  ['import people.csv --into people --operation update', /name their key/],
  ['import people.csv --into people --delimiter ab', /^--delimiter: must be one character/],
  ['import people.csv --into people --encoding klingon', /take one of utf-8/],
  ['import people.csv --into people --max-rejects many', /--max-rejects 100/],
  ['import people.csv --into people --map name', /column=field/],
  ['import people.csv --into people --map nick=name', /no column "nick"/],
  ['import people.csv --into people --on-error name=cry', /^--on-error name: .*warn/],
  ['import people.csv --into people --key mail', /no column "mail"; it has id, name/],
  ['import people.csv --into nobody', /no table "nobody".*--create/],
  ['import people.csv --into nobody --create --key mail', /no column "mail" for the key/],
  ['import missing.csv --into people', /There is no file .*missing\.csv/],
  ['import . --into people', /is no file/],
  ['export nobody --to x.csv', /no table or view "nobody"/],
  ['export people --to nowhere/x.csv', /no folder .*nowhere/],
  ['export people --to x.csv --columns mail', /no column "mail"/],
  ['jobs show 99', /There is no job 99/],
  ['jobs journal 99', /There is no job 99/],
  ['jobs rejects 99', /There is no job 99/],
  ['jobs pause 99', /There is no job 99/],
  ['jobs delete seven', /"seven" is no number of a job/],
  ['jobs list --limit 0', /--limit must be a whole number/],
  ['jobs list --database mysql:x', /unknown kind/],
  ['jobs list --database sqlite:people.csv', /people\.csv/],
]

test.for(WRONG)('tallyman %s: one sentence says what to do', async ([line, sentence]) => {
  const { code, out, err } = await tallyman(folder, line.split(' '))
  expect(err.trim()).toMatch(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(out).toBe('')
  expect(code).toBe(2)
})

test('a wrong call leaves no job behind', async () => {
  await tallyman(folder, ['import', 'missing.csv', '--into', 'people'])
  const { out } = await tallyman(folder, ['jobs', 'list', '--json'])
  const { jobs }: { jobs: unknown[] } = JSON.parse(out)
  expect(jobs).toHaveLength(1)
})

test('what the status forbids is told, with exit code 1', async () => {
  const { code, err } = await tallyman(folder, ['jobs', 'pause', '1'])
  expect(err).toMatch(/^Job 1 is finished; .*\n$/)
  expect(code).toBe(1)
})

test.for(['', 'import', 'export', 'jobs', 'worker'])('%s --help shows examples', async (name) => {
  const { code, out } = await tallyman(folder, [name, '--help'].filter(Boolean))
  expect(out).toMatch(/Examples:\n[^]*\$ tallyman/)
  expect(code).toBe(0)
})
