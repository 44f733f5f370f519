/** PostgreSQL's code for a connection that failed, which errors of sockets are given as well. */
export const CONNECTION_LOST = { code: '08006' }

/** What `pg` says of a lost connection without any code. */
const WORDS = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'Query read timeout',
]

export function saysLost(error: unknown): boolean {
  return error instanceof Error && WORDS.some((words) => error.message.startsWith(words))
}
