import type { PoolClient } from 'pg'

/** A savepoint in the round trip of the statements between its `begin` and `end`. */
export const PART = {
  begin: 'savepoint tallyman_part; ',
  end: '; release savepoint tallyman_part',
  undo: 'rollback to savepoint tallyman_part; release savepoint tallyman_part',
}

/** Runs work in a savepoint, so that an error rolls back only this work. */
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

/** Opens a savepoint to keep or undo; `before` follows its start, `after` its release. */
export async function openPart(client: PoolClient, before = '', after = '') {
  await client.query(`savepoint tallyman_part${before}`)
  return {
    keep: async () => void (await client.query(`release savepoint tallyman_part${after}`)),
    undo: async () => void (await client.query(PART.undo)),
  }
}
