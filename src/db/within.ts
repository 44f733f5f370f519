import type { Store, Trx } from './store.ts'

/** The store as a transaction sees it: what that made is there, and nobody else knows of it yet. */
export function within(store: Store, trx: Trx): Store {
  return { ...store, db: trx }
}
