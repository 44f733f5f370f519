import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { databases } from '../../support/databases.ts'
import { aSeed, rounds } from '../../support/faults/chance.ts'
import {
  emptyAgain,
  freshStore,
  run,
  specify,
  written,
  type SomeOfImport,
} from '../../support/pipeline/an-import.ts'

const TABLE = 'create table t (id integer primary key, a text, b text, c text, whole text)'
const PARTS = ['a', 'b', 'c']

/** Any texts that a file can have, without the characters of the separator. */
const partsOf = (separator: string) =>
  fc.array(
    fc
      .tuple(...PARTS.map(() => fc.string({ unit: 'grapheme', maxLength: 6 })))
      .map((texts) => texts.map((text) => text.replaceAll('\0', '').replaceAll(separator, ''))),
    { minLength: 1, maxLength: 20 },
  )

const joining = (separator: string) => ({
  from: {
    kind: 'template' as const,
    text: PARTS.map((name) => `{${name}}`).join(separator.replaceAll(/[{}]/g, '$&$&')),
  },
})
const splitting = (separator: string, part: number) => [{ kind: 'split' as const, separator, part }]
const quoted = (texts: string[]) => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')

describe.each(databases)('on %s', () => {
  test('columns that are joined and split again, and a column that is split and joined again, are as they were', async () => {
    const { store, folder } = await freshStore(TABLE)
    const separators = fc.constantFrom('|', ', ', '{', '}}', '::', '$1', '😀')
    const cases = separators.chain((separator) =>
      fc.record({ separator: fc.constant(separator), records: partsOf(separator) }),
    )
    const imported = async (lines: string[], fields: SomeOfImport['fields']) => {
      await emptyAgain(store, 't', TABLE)
      const path = written(folder, `${lines.join('\n')}\n`)
      const asked = { delimiter: ',', quote: '"', escape: null, recordEnd: '\n', encoding: 'utf-8' }
      const specification = specify({ path, table: 't', operation: 'insert', ...asked, fields })
      const { last, batches } = await run(store, specification)
      expect(batches.flatMap(({ rejects }) => rejects)).toEqual([])
      expect(last.counters.inserted).toBe(lines.length - 1)
      const { rows } = await sql<Record<string, string | null>>`
        select a, b, c, whole from t order by id`.execute(store.db)
      return rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([k, v]) => [k, v ?? ''])),
      )
    }
    await fc.assert(
      fc.asyncProperty(cases, async ({ separator, records }) => {
        const expected = records.map((texts) => ({
          ...Object.fromEntries(PARTS.map((name, at) => [name, texts[at] ?? ''])),
          // Where all are empty, there is nothing to join.
          whole: texts.some((text) => text !== '') ? texts.join(separator) : '',
        }))
        const apart = ['id,a,b,c', ...records.map((texts, at) => `${at},${quoted(texts)}`)]
        const there = await imported(apart, { whole: joining(separator) })
        expect(there).toEqual(expected)

        const joined = [
          'id,whole',
          ...there.map(({ whole = '' }, at) => `${at},${quoted([whole])}`),
        ]
        const from = { kind: 'template' as const, text: '{whole}' }
        const back = await imported(joined, {
          a: { from, transforms: splitting(separator, 1) },
          b: { from, transforms: splitting(separator, -2) },
          c: { from, transforms: splitting(separator, 3) },
        })
        expect(back).toEqual(expected)
      }),
      { numRuns: rounds(30, 1_000), seed: aSeed('split and join') },
    )
  })
})
