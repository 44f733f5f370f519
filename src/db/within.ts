import type { Store, Trx } from './store.ts'

/** The store inside a transaction: it sees the transaction's uncommitted changes. */
export function within(store: Store, trx: Trx): Store {
  return { ...store, db: trx }
}
