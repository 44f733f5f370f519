import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { importState } from '../../../../src/pipeline/import/opening/resume-state.ts'
import { freshStore, people, run, specify } from '../../../support/pipeline/an-import.ts'
import {
  filled,
  run as runExport,
  specify as parseExportSpecification,
} from '../../../support/pipeline/an-export.ts'
import { readFileSync } from 'node:fs'

const record = z.record(z.string(), z.unknown())

/** What a version stored that knew delimited text alone. */
function asBefore(stored: unknown, more: Record<string, unknown> = {}) {
  const { format: _format, seen: _seen, ...before } = record.parse(stored)
  return { ...before, ...more }
}

test('an import goes on from the checkpoint of a version that knew no formats', async () => {
  const { store, folder } = await freshStore()
  const file = path.join(folder, 'people.csv')
  const lines = Array.from({ length: 500 }, (_, at) => `${at + 1},name ${at + 1}`)
  writeFileSync(file, ['id,name', ...lines, 'a,b,c', 'a,b,c', 'a,b,c'].join('\n'))
  const wanted = specify({ path: file, key: ['id'], format: 'delimited' })
  const stopped = await run(store, wanted, { stopAfter: 2 })
  expect(stopped.end).toBe('stopped')
  const { counters, checkpoint } = stopped.last
  const old = { ...checkpoint, memo: asBefore(checkpoint.memo, { strayed: null }) }
  const { end, last, batches } = await run(store, wanted, {
    resume: { counters, checkpoint: old },
  })
  expect([end, last.counters.inserted, (await people(store)).length]).toEqual([
    'finished',
    500,
    500,
  ])
  expect(batches.flatMap(({ journal }) => journal.map(({ code }) => code))).toContain('TLY-1132')
})

test('what an older version remembered of the last records is not forgotten', () => {
  const source = { size: 1, mtimeMs: 1, ctimeMs: 1, ino: 1, gzip: false }
  const strayed = { line: 7, count: 2, found: 3 }
  const old = { source, sha256: null, encoding: 'utf-8', delimiter: ',', header: [], fields: [] }
  expect(importState.parse({ ...old, strayed })).toMatchObject({
    format: 'delimited',
    seen: strayed,
  })
  expect(importState.parse(old).seen).toBeNull()
})

test('an export goes on from the checkpoint of a version that knew no formats', async () => {
  const { store, path: file } = await filled(50_000)
  await runExport(store, parseExportSpecification({ path: file }))
  const whole = readFileSync(file)
  const again = parseExportSpecification({ path: `${file}-again` })
  const stopped = await runExport(store, again, { stopAfter: 2 })
  const { counters, checkpoint } = stopped.last
  const old = { ...checkpoint, memo: asBefore(checkpoint.memo) }
  const { end } = await runExport(store, again, { resume: { counters, checkpoint: old } })
  expect(end).toBe('finished')
  expect(readFileSync(again.path).equals(whole)).toBe(true)
})
