import type { PoolClient } from 'pg'

/** Does a part of a transaction that an error undoes alone. */
export async function inSavepoint<Result>(
  client: PoolClient,
  work: () => Promise<Result>,
): Promise<Result> {
  const { keep, undo } = await openPart(client)
  try {
    const result = await work()
    await keep()
    return result
  } catch (error) {
    await undo()
    throw error
  }
}

/** Begins a part, which is kept or undone; `before` is done with it, and `after` behind it. */
export async function openPart(client: PoolClient, before = '', after = '') {
  await client.query(`savepoint tallyman_part${before}`)
  return {
    keep: async () => void (await client.query(`release savepoint tallyman_part${after}`)),
    undo: async () =>
      void (await client.query(
        `rollback to savepoint tallyman_part; release savepoint tallyman_part`,
      )),
  }
}
