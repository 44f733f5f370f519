import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { balances } from '../../src/domain/jobs/counters.ts'
import { DOUBLES, DUPLICATES, OPERATIONS } from '../../src/domain/specification/specification.ts'
import type { Batch } from '../../src/domain/jobs/batch.ts'
import { byDatabase } from '../support/databases.ts'
import { emptyAgain, freshStore, people, run, specify } from '../support/pipeline/an-import.ts'
import {
  modelImport,
  writtenLines,
  type Line,
  type ModelFile,
  type Person,
} from '../support/pipeline/import-model.ts'

const lineOf = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.oneof(
          { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
          fc.constantFrom('', 'x'),
        ),
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom('Ana', 'Öl', 'Bo') }, fc.constant('')),
        fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom('1', '2', '') },
          fc.constantFrom('-1', 'old'),
        ),
        fc.constantFrom('', 'a', 'b'),
      )
      .filter((fields) => fields.some((field) => field !== ''))
      .map((fields): Line => ({ fields })),
  },
  fc.constantFrom<Line>(
    { damaged: '1,a"b,2,c', code: 'TLY-2001' },
    { damaged: '1,"a"b,2,c', code: 'TLY-2002' },
    { damaged: '1,a', code: 'TLY-2003' },
    { damaged: '1,a,2,c,d', code: 'TLY-2003' },
  ),
)

const personOf = fc.record<Person>({
  id: fc.integer({ min: 1, max: 12 }),
  name: fc.constantFrom('Ana', 'Bo'),
  age: fc.constantFrom(null, 1, 2),
  note: fc.constantFrom(null, 'a', 'b'),
})

/** Where all lines are too wide or too narrow, the header is what is wrong. */
const hasFields = ({ lines }: ModelFile) => lines.some((line) => 'fields' in line)

const fileOf = (least: number, most: number) =>
  fc
    .record<ModelFile>({
      lines: fc.array(lineOf, { minLength: least, maxLength: most }),
      delimiter: fc.constantFrom(',', ';', '\t'),
      isReversed: fc.boolean(),
    })
    .filter((file) => file.lines.length === 0 || hasFields(file))

/** One file, or a few, some of which may have no records. */
const filesOf = fc.oneof(
  fileOf(1, 300).map((file) => [file]),
  fc
    .tuple(fileOf(1, 120), fc.array(fileOf(0, 120), { minLength: 1, maxLength: 3 }))
    .map(([first, others]) => [first, ...others]),
)

function writtenFiles(folder: string, files: ModelFile[]): [string, ...string[]] {
  const [first = '', ...others] = files.map((file, at) => {
    const name = path.join(folder, `source-${at}.csv`)
    writeFileSync(name, [...writtenLines(file), ''].join('\n'))
    return name
  })
  return [first, ...others]
}

describe.each(OPERATIONS)('an import with the operation %s', (operation) => {
  test.each(
    DOUBLES.flatMap((doubles) => DUPLICATES.map((duplicates) => ({ doubles, duplicates }))),
  )(
    'and its dry run come to what a naive model comes to: doubles $doubles, duplicates $duplicates',
    async ({ doubles, duplicates }) => {
      const { store, folder } = await freshStore()
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(personOf, { selector: (person) => person.id }),
          filesOf,
          fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
          async (existing, files, stops) => {
            await emptyAgain(store, 'person')
            for (const person of existing) {
              const { id, name, age, note } = person
              await sql`insert into person values (${id}, ${name}, ${age}, ${note})`.execute(
                store.db,
              )
            }
            const [first, ...others] = writtenFiles(folder, files)
            const specification = specify({
              path: first,
              morePaths: others,
              key: ['id'],
              operation,
              doubles,
              duplicates,
              stopIfAllRejected: false,
            })

            const before = await people(store)
            const tried = await run(store, { ...specification, dryRun: true })
            expect(await people(store)).toEqual(before)

            const batches: Batch[] = []
            let ran = await run(store, specification, { stopAfter: stops[0] ?? Infinity })
            batches.push(...ran.batches)
            for (const stopAfter of [...stops.slice(1), Infinity]) {
              if (ran.end === 'finished') break
              ran = await run(store, specification, { resume: ran.last, stopAfter })
              batches.push(...ran.batches)
            }

            const expected = modelImport(existing, files, specification)
            expect(ran.last.counters).toEqual(expected.counters)
            expect(tried.last.counters).toEqual(expected.counters)
            expect(ran.last.total).toBe(files.flatMap(({ lines }) => lines).length)
            expect(await people(store)).toEqual(expected.people)
            expect(
              batches
                .flatMap((batch) => batch.rejects)
                .map(({ record, line, offset, code, raw }) => ({
                  record,
                  line,
                  offset,
                  code,
                  raw: raw.toString(),
                })),
            ).toEqual(expected.rejects)
            for (const batch of batches) expect(balances(batch.counters, batch.total)).toBe(true)
          },
        ),
        { numRuns: byDatabase({ SQLite: 12, PostgreSQL: 3 }) },
      )
    },
  )
})
