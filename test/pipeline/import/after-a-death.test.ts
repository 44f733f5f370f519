import { expect, test } from 'vitest'
import { MAX_RECORDS } from '../../../src/pipeline/import/batch-size.ts'
import type { Batch } from '../../../src/domain/jobs/batch.ts'
import { freshStore, people, run, specify, written } from '../../support/pipeline/an-import.ts'

const RECORDS = MAX_RECORDS + 5_000
const ROWS = Array.from({ length: RECORDS }, (_, index) => `${index},n ${index}`)
const TEXT = `id,name\n${ROWS.join('\n')}\n`

/** How many records each batch took; the first and the last of a run take none. */
function sizesOf(batches: Batch[]): number[] {
  return batches.slice(1, -1).map(({ counters }, at) => {
    return counters.processed - (batches[at]?.counters.processed ?? 0)
  })
}

async function anInterruptedImport() {
  const { store, folder } = await freshStore()
  const specification = specify({ path: written(folder, TEXT), key: ['id'] })
  const { last } = await run(store, specification, { stopAfter: 4 })
  return { store, specification, last, processed: last.counters.processed }
}

test('records that a worker may have died at are batches of their own, and no others', async () => {
  const { store, specification, last, processed } = await anInterruptedImport()
  const { ahead = 0 } = last.checkpoint
  // No batch is more than twice as long as the one before.
  expect(ahead).toBeGreaterThan(1)
  expect(ahead).toBeLessThanOrEqual(2 * processed)

  const { batches } = await run(store, specification, { resume: last, diedAfter: processed })
  const sizes = sizesOf(batches)
  expect(new Set(sizes.slice(0, ahead))).toEqual(new Set([1]))
  expect(sizes[ahead]).toBeGreaterThan(1)
  // Whoever finds one of these checkpoints knows at which record the worker died.
  expect(batches.slice(0, ahead).map(({ checkpoint }) => checkpoint.ahead)).toEqual(
    Array.from({ length: ahead }, () => 1),
  )
  expect(batches.at(-1)?.checkpoint.ahead).toBe(0)
  expect(await people(store)).toHaveLength(RECORDS)
})

test('of very many records that it may have died at, a few at a time are a batch', async () => {
  const { store, specification, last, processed } = await anInterruptedImport()
  const many = { ...last, checkpoint: { ...last.checkpoint, ahead: 40_000 } }
  const { batches } = await run(store, specification, { resume: many, diedAfter: processed })
  const suspect = batches.slice(1).filter(({ counters }) => counters.processed <= 40_000)
  expect(suspect.length).toBeGreaterThan(40_000 / 200 / 2)
  // A worker that dies again leaves as few as can be written one by one.
  for (const { checkpoint } of suspect.slice(0, -1)) expect(checkpoint.ahead).toBeLessThan(201)
  expect(await people(store)).toHaveLength(RECORDS)
})

test('a dry run, which starts again, is as quick as ever up to there', async () => {
  const { store, folder } = await freshStore()
  const specification = specify({ path: written(folder, TEXT), key: ['id'], dryRun: true })
  const { last } = await run(store, specification, { stopAfter: 4 })
  const resume = { ...last, checkpoint: { ...last.checkpoint, ahead: 700 } }
  const { batches } = await run(store, specification, { resume, diedAfter: 3_333 })
  const places = batches.map(({ counters }) => counters.processed)
  expect(places.indexOf(3_333)).toBeLessThan(100)
  expect(places.slice(places.indexOf(3_333), places.indexOf(3_333 + 700))).toEqual(
    Array.from({ length: 700 }, (_, at) => 3_333 + at),
  )
  expect(places).not.toContain(3_333 + 701)
})
