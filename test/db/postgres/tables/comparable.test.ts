import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { InvalidInputError } from '../../../../src/domain/words/errors.ts'
import type { RowOperator } from '../../../../src/domain/specification/row-selection.ts'
import { checkExport } from '../../../../src/pipeline/export/check-export.ts'
import { specify } from '../../../support/pipeline/an-export.ts'
import { freshStore } from '../../../support/pipeline/an-import.ts'

test.each<[field: string, operator: RowOperator, value: string, isTaken: boolean]>([
  ['id', 'is', 'abc', false],
  ['id', 'is', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', true],
  ['id', 'contains', 'abc', true],
  ['id', 'is_filled', '', true],
  ['tags', 'is_not', 'a', false],
  ['tags', 'is_not', '{a}', true],
  ['address', 'more', '10.0.0', false],
  ['note', 'is', 'a', false],
  ['a.b', 'less', '25:00', false],
  ['a.b', 'less', '24:00', true],
  ['whole', 'at_least', '12', true],
  ['open', 'is', 'true', true],
])(
  'an export whose %s %s %s is refused before it runs',
  async (field, operator, value, isTaken) => {
    const { store } = await freshStore(`create table thing (id uuid, tags text[], address inet,
    note json, "a.b" time, whole bigint, open boolean)`)
    await sql`create view shown as select * from thing`.execute(store.db)
    for (const table of ['thing', 'shown']) {
      const condition = { kind: 'condition' as const, field, operator, value }
      const inner = { kind: 'any' as const, of: [condition] }
      const asked = { table, path: '-', filter: { kind: 'all' as const, of: [inner] } }
      const checked = await checkExport(store, specify(asked)).catch((error: unknown) => error)
      if (isTaken) expect(checked).toMatchObject({ table })
      else {
        expect(checked).toBeInstanceOf(InvalidInputError)
        expect(checked).toMatchObject({ problem: { problem: 'no_value_of_field', field, value } })
      }
    }
  },
)
