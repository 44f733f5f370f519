import { reasonOf } from './outage-reporter.ts'

/** Hears of what went wrong beside the jobs. The server's log is one. */
export type WorkerLog = { error(details: { err?: unknown }, sentence: string): void }

/** An error that nobody foresaw is told in full. */
export function logFailure(log: WorkerLog, sentence: string, error: unknown): void {
  const reason = reasonOf(error)
  if (typeof reason === 'string') log.error({}, `${sentence}: ${reason}`)
  else log.error({ err: reason }, sentence)
}
