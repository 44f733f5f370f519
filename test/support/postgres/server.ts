import { FLEETING, startOwnServer } from '../../../src/cli/postgres/own-server.ts'
import type { Postgres } from './find.ts'

/** A server for one run of the tests. */
export type Server = { url: string; stop(): Promise<void> }

/** @param given settings to use instead of those of the tests */
export async function startServer(
  postgres: Postgres,
  given: Record<string, string> = FLEETING,
): Promise<Server> {
  if ('url' in postgres) return { url: postgres.url, stop: () => Promise.resolve() }
  return await startOwnServer(postgres, { settings: given, isBare: true })
}
