import { Client, type ClientConfig } from 'pg'

/**
 * Whether there is a pool in between that gives each transaction another session (PgBouncer's
 * `pool_mode = transaction`): settings, locks and notifications of a session get lost there.
 *
 * A pool is known by the process id that it gives itself. One client then stays in a transaction
 * while the other asks for its server process: where that is the same, or becomes another, it is
 * changed with each transaction.
 */
export async function changesSessions(config: ClientConfig): Promise<boolean> {
  const [one, other] = [new Client(config), new Client(config)]
  for (const client of [one, other]) client.on('error', () => undefined)
  try {
    await one.connect()
    const before = await processOf(one)
    if (!('processID' in one) || one.processID === before) return false

    await other.connect()
    await other.query('begin')
    const held = await processOf(other)
    return held === before || (await processOf(one)) !== before
  } finally {
    await Promise.allSettled([one.end(), other.end()])
  }
}

async function processOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid
}
