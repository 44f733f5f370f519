import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../support/programs/cli.ts'
import { tmpDir } from '../support/tmp.ts'

const COMMANDS = [
  'jobs list',
  'jobs rejects 1',
  'jobs run-again 1',
  'jobs purge --keep-days 30',
  'export people --to people.csv',
  'worker --once',
  'verify',
  'backup copy.db',
]

test.for(COMMANDS)('%s makes no database where a name is mistyped', async (command) => {
  const folder = tmpDir()
  const url = 'sqlite:nodir/tallymna.db'
  const english = await tallyman(folder, [...command.split(' '), '--database', url])
  expect([english.code, english.out, english.err]).toEqual([
    2,
    '',
    'There is no database nodir/tallymna.db; check its name, since only serve, import and demo make one.\n',
  ])
  expect(readdirSync(folder)).toEqual([])
})

test('it is said in Spanish too', async () => {
  const spanish = await tallyman(tmpDir(), ['jobs', 'list', '--json'], { LC_ALL: 'es_ES.UTF-8' })
  expect([spanish.code, spanish.out, spanish.err]).toEqual([
    2,
    '',
    'No existe la base de datos test.db; revise su nombre, pues solo serve, import y demo la crean.\n',
  ])
})

test('an import makes the database, with its folder', async () => {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), 'id,name\n1,Ann\n')
  const args = [
    'import',
    'people.csv',
    '--into',
    'people',
    '--create',
    '--database',
    'sqlite:new/x.db',
  ]
  expect((await tallyman(folder, args)).code).toBe(0)
  expect(existsSync(path.join(folder, 'new/x.db'))).toBe(true)
})
