import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { balances } from '../../src/domain/jobs/counters.ts'
import { DOUBLES, DUPLICATES } from '../../src/domain/specification/specification.ts'
import type { Batch } from '../../src/domain/jobs/batch.ts'
import { byDatabase } from '../support/databases.ts'
import { emptyAgain, freshStore, run, specify, written } from '../support/pipeline/an-import.ts'
import { rounds } from '../support/faults/chance.ts'
import { modelTree } from '../support/pipeline/tree-model.ts'

const KEYS = { 'at once': '', 'at the commit': 'deferrable initially deferred' }

const nodeOf = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  parent: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 14 }) },
    fc.constant<null>(null),
  ),
  name: fc.constantFrom('a', 'b', 'c'),
})

/** As they stand in a table: each refers to itself, to one before it, or to none. */
const storedOf = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom('a', 'b')), { maxLength: 8 })
  .map((rows) =>
    rows.map(([up, name], at) => ({ id: at + 1, parent: up > at ? null : at + 1 - up, name })),
  )

describe.each(Object.entries(KEYS))('a table that refers to itself, looked at %s', (_when, how) => {
  test.each(
    (['insert_or_update', 'update', 'delete'] as const).flatMap((operation) =>
      DOUBLES.flatMap((doubles) =>
        DUPLICATES.map((duplicates) => ({ operation, doubles, duplicates })),
      ),
    ),
  )(
    'comes to what a naive model comes to: $operation, doubles $doubles, duplicates $duplicates',
    async (policies) => {
      const create = `create table node (id integer primary key, name text,
                                         parent integer references Node ${how})`
      const { store, folder } = await freshStore(create)
      await fc.assert(
        fc.asyncProperty(
          storedOf,
          fc.array(nodeOf, { minLength: 1, maxLength: 25 }),
          fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
          // Batches of one record each, or of all.
          fc.constantFrom(null, 0),
          async (stored, file, stops, diedAfter) => {
            await emptyAgain(store, 'node', create)
            for (const { id, parent, name } of stored) {
              await sql`insert into node values (${id}, ${name}, ${parent})`.execute(store.db)
            }
            const lines = file.map(({ id, parent, name }) => `${id},${parent ?? ''},${name}`)
            const specification = specify({
              path: written(folder, ['id,parent,name', ...lines, ''].join('\n')),
              table: 'node',
              key: ['id'],
              stopIfAllRejected: false,
              ...policies,
            })
            const rowsKept = async () =>
              (await store.db.selectFrom('tallyman_postponed').selectAll().execute()).length

            const batches: Batch[] = []
            let resume: Batch | undefined
            for (const stopAfter of [...stops, Infinity]) {
              const ran = await run(store, specification, { resume, stopAfter, diedAfter })
              batches.push(...ran.batches)
              resume = ran.last
              expect(await rowsKept()).toBe(resume.checkpoint.postponed)
              if (ran.end === 'finished') break
            }

            const expected = modelTree(stored, file, policies)
            const { rows } = await sql`select id, parent, name from node order by id`.execute(
              store.db,
            )
            expect(rows).toEqual(expected.nodes)
            expect(resume?.counters).toEqual(expected.counters)
            expect(resume?.total).toBe(file.length)
            const rejects = batches.flatMap((batch) => batch.rejects)
            expect(
              rejects
                .map(({ record, code, raw, line }) => ({ record, code, raw: `${raw}`, line }))
                .sort((a, b) => a.record - b.record),
            ).toEqual(
              expected.rejects.map(([record, code]) => ({
                record,
                code,
                raw: lines[record - 1],
                line: record + 1,
              })),
            )
            for (const { counters, total, checkpoint } of batches) {
              expect(balances(counters, total)).toBe(true)
              expect(counters.processed + (checkpoint.postponed ?? 0)).toBe(checkpoint.record)
            }
          },
        ),
        { numRuns: rounds(byDatabase({ SQLite: 5, PostgreSQL: 3 }), 100) },
      )
    },
  )
})
