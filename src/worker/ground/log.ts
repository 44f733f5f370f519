import { reasonOf } from './outage-reporter.ts'

/** A log for errors outside jobs, such as the server's log. */
export type WorkerLog = { error(details: { err?: unknown }, sentence: string): void }

/** Logs the message of a known error; an unexpected one in full, with its stack. */
export function logFailure(log: WorkerLog, sentence: string, error: unknown): void {
  const reason = reasonOf(error)
  if (typeof reason === 'string') log.error({}, `${sentence}: ${reason}`)
  else log.error({ err: reason }, sentence)
}
