import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { tallyman } from '../support/programs/in-process.ts'
import { tmpDir } from '../support/tmp.ts'

const SENTENCE =
  'Columns of the file that fill no field of the table, and are left out: e-mail. ' +
  'Say which field takes one: --map column=field.'

async function aTable(files: Record<string, string>): Promise<string> {
  const folder = tmpDir()
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  await tallyman(folder, ['import', 'people.csv', '--into', 'people', '--create', '--key', 'id'])
  return folder
}

test('what a job warns of is told where the command ends, in JSON and by "jobs show"', async () => {
  const folder = await aTable({
    'people.csv': 'id,email\n1,a@x\n',
    'more.csv': 'id,e-mail\n2,b@x\n',
  })
  const made = await tallyman(folder, ['import', 'more.csv', '--into', 'people', '--key', 'id'])
  expect(made.code).toBe(0)
  expect(made.out).toContain(`\n  Warning: ${SENTENCE}\n`)
  expect((await tallyman(folder, ['jobs', 'show', '2'])).out).toContain(`  Warning: ${SENTENCE}\n`)

  const warnings = [{ code: 'TLY-1040', message: SENTENCE }]
  const shown = await tallyman(folder, ['jobs', 'show', '2', '--json'])
  expect(JSON.parse(shown.out)).toMatchObject({ id: 2, counters: { warnings: 0 }, warnings })
  const list = await tallyman(folder, ['jobs', 'list', '--json'])
  expect(JSON.parse(list.out)).toMatchObject({
    jobs: [
      { id: 2, warnings },
      { id: 1, warnings: [] },
    ],
  })

  const args = ['import', 'more.csv', '--into', 'people', '--key', 'id', '--json']
  const spanish = await tallyman(folder, args, { LC_ALL: 'es_ES.UTF-8' })
  expect(JSON.parse(spanish.out)).toMatchObject({
    warnings: [{ message: expect.stringContaining('Columnas del archivo que no rellenan') }],
  })
})

test('warnings about records are counted where the command ends, and lead to them', async () => {
  const folder = await aTable({
    'people.csv': 'id,age\n1,30\n',
    'more.csv': 'id,age\n1,old\n2,young\n',
  })
  const args = ['import', 'more.csv', '--into', 'people', '--key', 'id', '--on-error', 'age=warn']
  const { out, code } = await tallyman(folder, args)
  expect(code).toBe(0)
  expect(out).toContain('\n  Warnings about records: 2. See them: tallyman jobs rejects 2\n')
})
