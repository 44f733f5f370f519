import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fieldOptions } from '../../../src/domain/specification/fields/field-options.ts'
import { parseImportSpecification } from '../../../src/domain/specification/parse-specification.ts'
import { OPERATIONS } from '../../../src/domain/specification/specification.ts'
import { createJob, requireJob } from '../../../src/engine/jobs/jobs.ts'
import { importJob } from '../../../src/engine/jobs/new-job.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { anApp } from '../../support/pages/app.ts'
import { sendStep } from '../../support/pages/fill-form.ts'
import { randomFieldOptions } from '../../support/pipeline/random-fields.ts'

const COLUMNS = ['a', 'b', 'c', 'd']
/** Those that no column has come last. */
const FIELDS = [...COLUMNS, 'e', 'f', 'g']

/** Texts that an input of a form changes, or that mean something in it. */
const trickyText = fc.oneof(
  fc.constantFrom('', ' ', ' b ', 'a=b', 'x = y', 'a, b', '"q"', "'", '<b>', '&amp;', '\\1'),
  fc.constantFrom('\n', '\r', '\r\nx', 'first\nline', 'x\n', '\u00a0x', '\t', '#1', '{a}'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
)
const trickyOptions = fc.record(
  {
    from: fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constant('fixed'), text: trickyText }),
      fc.record({ kind: fc.constant('expression'), source: trickyText }),
    ),
    transforms: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('replace'), from: trickyText, to: trickyText }),
        fc.record({ kind: fc.constant('split'), separator: trickyText, part: fc.constant(2) }),
        fc.record({ kind: fc.constant('unicode'), form: fc.constantFrom('NFC', 'NFKD') }),
      ),
      { maxLength: 2 },
    ),
    format: fc.record({
      kind: fc.constant('enumeration'),
      values: fc.uniqueArray(fc.record({ written: trickyText, value: trickyText }), {
        selector: ({ written }) => written,
        maxLength: 3,
      }),
      otherwise: fc.constantFrom('keep', 'fixed', 'warn', 'reject'),
      fixed: trickyText,
    }),
    checks: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('one_of'),
          values: fc.array(trickyText, { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('range'), least: trickyText, most: trickyText }),
        fc.record({ kind: fc.constant('pattern'), pattern: trickyText }),
      ),
      { maxLength: 3 },
    ),
    onlyIfEmpty: fc.boolean(),
    onlyOnInsert: fc.boolean(),
    sensitive: fc.boolean(),
  },
  { requiredKeys: [] },
)
const options = fc.oneof(randomFieldOptions, trickyOptions).map((given) => {
  const parsed = fieldOptions.safeParse(given)
  return parsed.success ? parsed.data : fieldOptions.parse({ sensitive: true })
})

/** What somebody may have said elsewhere of an import of such a file into such fields. */
const said = fc
  .record({
    mapped: fc.subarray(COLUMNS),
    others: fc.shuffledSubarray(FIELDS),
    fields: fc.dictionary(fc.constantFrom(...FIELDS), options),
    key: fc.shuffledSubarray(FIELDS, { maxLength: 3 }),
    operation: fc.constantFrom(...OPERATIONS),
    types: fc.dictionary(fc.constantFrom(...FIELDS), fc.constantFrom('text', 'date', 'number')),
  })
  .map(({ mapped, others, fields, key, operation, types }) => {
    const pairs = mapped.map((column, at) => [column, others[at] ?? column] as const)
    const map = Object.fromEntries(
      pairs.filter(([, field], at) => !pairs.slice(0, at).some(([, one]) => one === field)),
    )
    const filled = new Set(Object.values(map))
    const kept = Object.entries(fields).map(
      ([field, one]) => [field, filled.has(field) ? { ...one, from: null } : one] as const,
    )
    return {
      map,
      leaveOut: COLUMNS.filter((column) => map[column] === undefined),
      fields: Object.fromEntries(kept),
      key,
      operation: key.length === 0 ? 'insert' : operation,
      types,
    }
  })

test.each([
  ['an existing table', 'there', false],
  ['a new table', 'not_there', true],
])(
  'what was said of fields is the same once the steps of columns and file were left, into %s',
  { timeout: 120_000 },
  async (_name, table, create) => {
    const app = await anApp()
    const file = path.join(app.folder, 'letters.csv')
    writeFileSync(file, 'a,b,c,d\n1,2,3,4\nx,,2026-01-31,31/12/1999\n')
    await sql`create table there
      (a integer, b text, c date, d numeric, e boolean, f text, g text)`.execute(app.db)
    await fc.assert(
      fc.asyncProperty(said, fc.constantFrom('save', 'back'), async (parts, act) => {
        const { types, ...others } = parts
        const given = { path: file, table, create, ...others, ...(create ? { types } : {}) }
        const specification = parseImportSpecification(given)
        const by = { now: NOON, actor: OPERATOR }
        const { id } = await createJob(app.db, importJob(specification, {}), by)
        for (const step of ['columns', 'file']) {
          const sent = await sendStep(app, `/jobs/${id}/edit/${step}`, { act })
          expect([step, sent.status]).toEqual([step, 303])
        }
        expect((await requireJob(app.db, id)).specification).toEqual(withoutNothing(specification))
      }),
      { numRuns: 25 },
    )
  },
)

/** Options of a field that say nothing are left out. */
function withoutNothing(specification: ReturnType<typeof parseImportSpecification>) {
  const usual = JSON.stringify(fieldOptions.parse({}))
  const fields = Object.entries(specification.fields).filter(
    ([, one]) => JSON.stringify(one) !== usual,
  )
  return { ...specification, fields: Object.fromEntries(fields) }
}
