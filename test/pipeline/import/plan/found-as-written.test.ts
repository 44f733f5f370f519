import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MESSAGES } from '../../../../src/domain/words/messages.ts'
import { inspectSource } from '../../../../src/pipeline/import/preview/inspect-source.ts'
import { withFiles } from '../../../../src/pipeline/import/preview/preview-files.ts'
import { specify } from '../../../support/pipeline/an-import.ts'
import { cleanFile, textOf } from '../../../support/pipeline/clean-files.ts'
import { rounds } from '../../../support/faults/chance.ts'
import { tmpDir } from '../../../support/tmp.ts'

const BOM = '\ufeff'

const anyFile = fc.record({
  content: cleanFile,
  manner: fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    quotesAll: fc.boolean(),
    quote: fc.constant('"'),
  }),
  encoding: fc.constantFrom('utf8', 'utf16le'),
  hasBom: fc.boolean(),
})

async function inspected(file: string) {
  const specification = specify({ path: file, create: true })
  return await withFiles(undefined, specification, {}, ({ files: [{ seen, error }] }) => {
    if (seen === undefined) throw error ?? new Error('no reason')
    return inspectSource(seen)
  })
}

test(
  'of a clean file of any manner, of which nothing is said, no line is skipped, dropped, renamed or split otherwise',
  { timeout: 24 * 60 * 60_000 },
  async () => {
    const file = path.join(tmpDir(), 'clean.csv')
    await fc.assert(
      fc.asyncProperty(anyFile, async ({ content, manner, encoding, hasBom }) => {
        const { header, rows } = content
        // A single column has no delimiter, and is read as if it were the usual one.
        const delimiter = header.length === 1 ? ',' : manner.delimiter
        const text = textOf([header, ...rows], { ...manner, delimiter })
        writeFileSync(file, (hasBom || encoding === 'utf16le' ? BOM : '') + text, encoding)
        const { columns, records, sampled, faults, journal } = await inspected(file)
        expect(columns.map(({ name }) => name)).toEqual(header)
        expect(sampled).toBe(rows.length)
        expect(records).toEqual(rows.slice(0, records.length))
        expect(faults).toEqual([])
        expect(journal.filter(({ code }) => MESSAGES[code] === 'warning')).toEqual([])
      }),
      { numRuns: rounds(300, 100_000) },
    )
  },
)
