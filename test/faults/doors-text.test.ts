import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { balances } from '../../src/domain/jobs/counters.ts'
import { InvalidInputError } from '../../src/domain/words/errors.ts'
import { JobFailure } from '../../src/domain/words/failures.ts'
import {
  DOUBLES,
  DUPLICATES,
  importSpecification,
  OPERATIONS,
  type ImportSpecification,
} from '../../src/domain/specification/specification.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../src/domain/specification/parse-specification.ts'
import { ENCODINGS } from '../../src/pipeline/encodings/encoding-names.ts'
import { freshStore, run } from '../support/pipeline/an-import.ts'
import { recordsOf } from '../support/pipeline/delimited.ts'
import { aSeed, rounds } from '../support/faults/chance.ts'
import { anyText, mostly } from '../support/faults/hostile.ts'

const TEXTS = rounds(1_000, 60_000)
const SPECIFICATIONS = rounds(1_000, 40_000)
const IMPORTS = rounds(80, 4_000)

const piece = fc.oneof(
  fc.constantFrom('a', 'bc', ',', ';', '\t', '\n', '\r', '\r\n', '"', '""', '\0', 'é', '\ufeff'),
  fc.constantFrom('id', 'name', 'age', '1', '2', '-7', '1e999', '9'.repeat(40), '2026-02-31'),
  anyText,
)
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''))),
  fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'utf16le')),
)

test('any bytes at all become records that hold every one of them', async () => {
  const options = fc.record({
    encoding: fc.constantFrom(...ENCODINGS),
    delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '\0', 'a'),
    maxRecordBytes: fc.constantFrom(1, 7, 1_000),
    columns: fc.constantFrom(1, 2, 50),
    windowBytes: fc.integer({ min: 1, max: 50 }),
  })
  const property = fc.asyncProperty(bytes, options, async (source, given) => {
    let at = 0
    for (const [index, found] of (await recordsOf(source, given)).entries()) {
      const { record, offset, end, raw, flag } = found
      expect([record, offset >= at, end >= offset, end <= source.length]).toEqual([
        index + 1,
        true,
        true,
        true,
      ])
      const own = source.toString('latin1', offset, offset + raw.length)
      expect(flag === 'too_long' ? own.startsWith(raw) : raw === own).toBe(true)
      at = end
    }
  })
  await fc.assert(property, { seed: aSeed('tokenizer'), numRuns: TEXTS })
})

const anything = fc.oneof(
  fc.anything({ withNullPrototype: true, maxDepth: 2 }),
  anyText,
  fc.array(anyText),
)

test('whatever is specified is a specification, or refused with the part that is wrong', () => {
  const file = { path: 'a.csv', table: 'person' }
  const parts = (specification: object) => {
    const each = Object.keys(specification).map((part) => [part, anything] as const)
    return fc.record(Object.fromEntries(each), { requiredKeys: [] })
  }
  const tryIt = (specify: (given: object) => unknown, given: object) => {
    try {
      return JSON.stringify(specify(given)).length > 0
    } catch (error) {
      return error instanceof InvalidInputError && 'problem' in error.problem
    }
  }
  const property = fc.property(
    parts(parseImportSpecification(file)),
    parts(parseExportSpecification(file)),
    (asImport, asExport) =>
      tryIt(parseImportSpecification, asImport) &&
      tryIt(parseImportSpecification, { ...file, ...asImport }) &&
      tryIt(parseExportSpecification, asExport) &&
      tryIt(parseExportSpecification, { ...file, ...asExport }),
  )
  fc.assert(property, { seed: aSeed('specifications'), numRuns: SPECIFICATIONS })
})

test('any file, imported in any way, is accounted for, or refused with a reason', async () => {
  const { store, folder } = await freshStore()
  const file = path.join(folder, 'any.csv')
  const field = fc.constantFrom('id', 'name', 'age', 'note')
  const specification: fc.Arbitrary<Partial<ImportSpecification>> = fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    doubles: fc.constantFrom(...DOUBLES),
    duplicates: fc.constantFrom(...DUPLICATES),
    key: fc.uniqueArray(field, { minLength: 1, maxLength: 2 }),
    map: fc.dictionary(mostly('1', '2', 'id', 'name', 'a'), field, { maxKeys: 3 }),
    header: fc.boolean(),
    delimiter: fc.constantFrom(null, ',', ';'),
    encoding: fc.constantFrom(null, ...ENCODINGS),
    stopIfAllRejected: fc.boolean(),
    maxRejects: fc.constantFrom(null, 0, 1, 3),
  })
  const header = fc.constantFrom('', 'id,name,age\n', 'id;name\r\n', '\ufeff"id","note"\n')
  const property = fc.asyncProperty(
    header,
    bytes,
    fc.boolean(),
    specification,
    async (head, rest, isPacked, given) => {
      const content = Buffer.concat([Buffer.from(head), rest])
      writeFileSync(file, isPacked ? gzipSync(content) : content)
      const wanted = importSpecification.parse({ path: file, table: 'person', ...given })
      const before = await countOf(store)
      try {
        const { last } = await run(store, wanted)
        expect(balances(last.counters, last.total)).toBe(true)
        expect(await countOf(store)).toBe(before + last.counters.inserted - last.counters.deleted)
      } catch (error) {
        if (!(error instanceof JobFailure)) throw error
      }
      await sql`delete from tallyman_key`.execute(store.db)
    },
  )
  await fc.assert(property, { seed: aSeed('imports of anything'), numRuns: IMPORTS })
})

async function countOf({ db }: Awaited<ReturnType<typeof freshStore>>['store']): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from person`.execute(db)
  return rows[0]?.n ?? 0
}
