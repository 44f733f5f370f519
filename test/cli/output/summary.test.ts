import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

const IMPORT = ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id']

function aFolder(text: string): string {
  const folder = tmpDir()
  writeFileSync(path.join(folder, 'people.csv'), text)
  return folder
}

test('what the page offers first is said first, and what it offers second', async () => {
  const folder = aFolder(`id,name\n1,Ana\n${'2\n'.repeat(200)}`)
  const { out, code } = await tallyman(folder, [...IMPORT, '--max-rejects', '10'])
  expect(code).toBe(1)
  expect(out.split('\n').slice(-4)).toEqual([
    'See what was rejected and why: tallyman jobs rejects 1',
    'Change the file or the options, and run the command again.',
    'Or let it go on with the rest: tallyman jobs start 1 --run',
    '',
  ])
})

test('where all was rejected the same again is not offered, and of a dry run no going on', async () => {
  const folder = aFolder('id,name\n1,Ana\n2,Eva\n')
  const change = 'Change the file or the options, and run the command again.\n'
  expect((await tallyman(folder, IMPORT)).out).not.toContain(change)
  const again = [...IMPORT, '--duplicates', 'reject', '--again']
  expect((await tallyman(folder, again)).out).toContain(change)
  const dry = await tallyman(folder, [...again, '--dry-run', '--max-rejects', '1'])
  expect(dry.out).toContain(change)
  expect(dry.out).not.toContain('jobs start')
})

test('a hint leads to the database that was typed', async () => {
  const folder = aFolder('id,name\n1\n2,Ana\n')
  const { out } = await tallyman(folder, ['--database', 'sqlite:other place.db', ...IMPORT])
  expect(out).toContain(": tallyman --database 'sqlite:other place.db' jobs rejects 1\n")
})
