import { expect, test } from 'vitest'
import { missingParts, partsIn, PARTS } from '../../../src/db/postgres/own/missing-parts.ts'
import { aStore } from '../../support/a-store.ts'

test('the parts that are listed are those that the migrations make', async () => {
  const { store } = await aStore()
  const found = await partsIn(store.db)
  expect(found.filter((name) => name !== 'tallyman_job_by_text')).toEqual(PARTS)
  expect(await missingParts(store.db)).toEqual([])
})
