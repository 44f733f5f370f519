import { expect } from 'vitest'
import { verifyDatabase, type Disagreement } from '../../../src/cli/run/verify-database.ts'
import type { Store } from '../../../src/db/store.ts'

/** What does not agree, and what a verification did not look at. */
export async function verified(store: Store) {
  const verifying = verifyDatabase(store)
  const found: Disagreement[] = []
  let next = await verifying.next()
  for (; !next.done; next = await verifying.next()) found.push(next.value)
  return { found, ...next.value }
}

/** Nobody meddled with it, whatever happened to those who wrote. */
export async function expectAgreement(store: Store): Promise<void> {
  expect((await verified(store)).found).toEqual([])
}
