import { expect, test } from 'vitest'
import { checkImport } from '../../../../src/pipeline/import/plan/check-import.ts'
import { freshStore, specify, written } from '../../../support/pipeline/an-import.ts'

const DMY = { kind: 'date', order: 'dmy' } as const
const COMMA = { kind: 'number', decimal: ',', grouping: '.' } as const
const PERCENT = { kind: 'number', percent: true } as const
const WORDS = { kind: 'boolean' as const, true: ['yes'], false: ['no'] }
const EPOCH = { kind: 'epoch' } as const
const PATTERN = { kind: 'date_pattern', pattern: 'dd/MM/yyyy' } as const
const LIST = { kind: 'enumeration' as const, values: [{ written: 'a', value: '1' }] }

const COLUMNS = 'id integer, amount numeric, born date, seen timestamp, is_open boolean, note text'

test.each([
  ['amount', DMY, 'numeric', '31/12/2026'],
  ['id', PATTERN, 'integer', 'dd/MM/yyyy'],
  ['amount', EPOCH, 'numeric', '1798675200'],
  ['is_open', DMY, 'boolean', '31/12/2026'],
  ['seen', WORDS, 'timestamp', 'yes / no'],
  ['born', WORDS, 'date', 'yes / no'],
] as const)(
  'a format that its field cannot take is refused: %s %o',
  async (field, format, type, sample) => {
    const { store, folder } = await freshStore(`create table made (${COLUMNS})`)
    const path = written(folder, `${field}\n1\n`)
    const specification = specify({
      path,
      table: 'made',
      operation: 'insert',
      fields: { [field]: { format } },
    })
    await expect(checkImport(store, specification)).rejects.toMatchObject({
      problem: {
        problem: 'format_unfit',
        field,
        sample,
        type: expect.stringMatching(new RegExp(type, 'i')),
      },
      faults: [{ at: ['fields', field, 'format'] }],
    })
  },
)

test.each([
  ['amount', COMMA],
  ['id', PERCENT],
  ['id', WORDS],
  ['is_open', COMMA],
  ['born', EPOCH],
  ['seen', DMY],
  ['note', DMY],
  ['note', WORDS],
  ['amount', LIST],
] as const)('one that it can take is not: %s %o', async (field, format) => {
  const { store, folder } = await freshStore(`create table made (${COLUMNS})`)
  const path = written(folder, `${field}\n1\n`)
  const given = {
    path,
    table: 'made',
    operation: 'insert',
    fields: { [field]: { format } },
  } as const
  await expect(checkImport(store, specify(given))).resolves.toBeUndefined()
})

test('a format is held against the type of a field that is made as well', async () => {
  const { store, folder } = await freshStore()
  const path = written(folder, 'id,amount\n1,2\n')
  const made = { path, table: 'made', create: true, operation: 'insert' } as const
  const fields = { amount: { format: DMY } }
  await expect(checkImport(store, specify({ ...made, fields }))).resolves.toBeUndefined()
  const typed = specify({ ...made, fields, types: { amount: 'number' } })
  await expect(checkImport(store, typed)).rejects.toMatchObject({
    problem: { problem: 'format_unfit', field: 'amount' },
  })
})
