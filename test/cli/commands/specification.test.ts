import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  exportSpecificationOf,
  importSpecificationOf,
} from '../../../src/cli/options/specification-of.ts'
import { partsOfFile } from '../../../src/cli/options/specification-file.ts'
import {
  parseExportSpecification,
  parseImportSpecification,
} from '../../../src/domain/specification/parse-specification.ts'
import { createJob } from '../../../src/engine/jobs/jobs.ts'
import { exportJob, importJob } from '../../../src/engine/jobs/new-job.ts'
import { aStore } from '../../support/a-store.ts'
import { rounds } from '../../support/faults/chance.ts'
import { NOON, OPERATOR } from '../../support/jobs/a-job.ts'
import { randomExportParts, randomParts } from '../../support/pipeline/random-specification.ts'
import { tallyman } from '../../support/programs/in-process.ts'
import { tmpDir } from '../../support/tmp.ts'

function aFolder(files: Record<string, string>): string {
  const folder = tmpDir()
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return folder
}

const SPEC = {
  table: 'payment',
  create: true,
  key: ['id'],
  fields: { due: { format: { kind: 'date', order: 'dmy' } } },
}

test('a file says what is asked, the call goes before it, and a job prints it for the next', async () => {
  const folder = aFolder({
    'a.csv': 'id,due\n1,31/12/2026\n',
    'b.csv': 'id,due\n1,31/12/2026\n2,01/01/2027\n',
    'spec.json': JSON.stringify(SPEC),
  })
  const first = await tallyman(folder, ['import', 'a.csv', '--spec', 'spec.json', '--json'])
  expect([first.err, first.code]).toEqual(['', 0])
  expect(JSON.parse(first.out)).toMatchObject({ counters: { inserted: 1 } })

  const { out } = await tallyman(folder, ['jobs', 'show', '1', '--spec'])
  expect(JSON.parse(out)).toMatchObject({ type: 'import', ...SPEC, doubles: 'update' })
  writeFileSync(path.join(folder, 'printed.json'), out)
  const second = await tallyman(folder, ['import', 'b.csv', '--spec', 'printed.json', '--json'])
  expect(JSON.parse(second.out)).toMatchObject({ counters: { unchanged: 1, inserted: 1 } })
  const other = ['import', 'b.csv', '--spec', 'printed.json', '--into', 'other', '--key', 'due']
  expect((await tallyman(folder, [...other, '--json'])).code).toBe(0)

  const ofExport = { fields: SPEC.fields, delimiter: ';' }
  writeFileSync(path.join(folder, 'export.json'), JSON.stringify(ofExport))
  const to = ['export', 'payment', '--to', 'out.csv', '--spec', 'export.json']
  expect((await tallyman(folder, to)).code).toBe(0)
  expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toBe(
    'id;due\n1;31/12/2026\n2;01/01/2027\n',
  )
})

test('any specification that `jobs show ID --spec` prints is, by `--spec`, the same to the next call', async () => {
  const { store, folder } = await aStore()
  const [file, printed] = [path.join(folder, 'a.csv'), path.join(folder, 'printed.json')]
  const act = { now: NOON, actor: OPERATOR }
  const shown = async ({ id }: { id: number }, type: 'import' | 'export') => {
    const { out, err } = await tallyman(folder, ['jobs', 'show', String(id), '--spec'])
    expect(err).toBe('')
    writeFileSync(printed, out)
    return await partsOfFile({ spec: printed }, type)
  }
  const asked = (parts: object) => ({ path: file, table: 'person', ...parts })
  await fc.assert(
    fc.asyncProperty(randomParts, randomExportParts, async (ofImport, ofExport) => {
      const wanted = parseImportSpecification(asked(ofImport))
      const parts = await shown(await createJob(store.db, importJob(wanted, {}), act), 'import')
      const files = [file, ...wanted.morePaths]
      expect(importSpecificationOf(files, { header: true }, { parts })).toEqual(wanted)

      const written = parseExportSpecification(asked(ofExport))
      const job = await createJob(store.db, exportJob(written, {}), act)
      const call = { to: file, header: true }
      const again = exportSpecificationOf(undefined, call, await shown(job, 'export'))
      expect(again).toEqual(written)
    }),
    { numRuns: rounds(15, 300) },
  )
})

test('what is wrong in a file is told sentence by sentence, and nothing is done', async () => {
  const fields = { due: { format: { kind: 'dates' } }, id: { checks: [{ kind: 'range' }] } }
  const folder = aFolder({
    'a.csv': 'id\n1\n',
    'wrong.json': JSON.stringify({ table: 'payment', fields, more: 1 }),
    'cut.json': '{"table": "payment",',
    'large.json': ' '.repeat(5_000_000),
    'export.json': '{"type": "export", "table": "payment"}',
    'proto.json': '{"table": "payment", "__proto__": {"dryRun": true}}',
    'deep.json': `{"table": "payment", "filter": ${'{"kind":"all","of":['.repeat(50_000)}${']}'.repeat(50_000)}}`,
  })
  const told = async (file: string) => {
    const { code, err, out } = await tallyman(folder, ['import', 'a.csv', '--spec', file])
    expect([code, out]).toEqual([2, ''])
    return err.trimEnd().split('\n')
  }
  expect((await told('wrong.json')).toSorted()).toEqual([
    expect.stringMatching(/^wrong\.json: fields\.due\.format\.kind: Choose one of date, /),
    'wrong.json: fields.id.checks.0: Name the least value, the most, or both.',
    'wrong.json: more: A specification has no such part; take it out, or see how it is written.',
  ])
  expect(await told('cut.json')).toEqual([
    'cut.json: This is no JSON in UTF-8; see line 1, column 21.',
  ])
  expect(await told('large.json')).toEqual([expect.stringContaining('large.json: The file is too')])
  expect(await told('export.json')).toEqual([
    'export.json: This is the specification of an export, and one of an import is needed; it goes to: tallyman export --spec',
  ])
  expect(await told('proto.json')).toEqual([expect.stringMatching(/^proto\.json: __proto__: /)])
  expect(await told('deep.json')).toEqual([expect.stringMatching(/^deep\.json: filter.*levels/)])
  expect(await told('none.json')).toEqual(['--spec: There is no file none.json; check its name.'])
  const without = await tallyman(folder, ['import', 'a.csv'])
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('--into')])
})
