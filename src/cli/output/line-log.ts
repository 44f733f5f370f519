import { shownLines } from '../../i18n/shown.ts'
import type { WorkerLog } from '../../worker/ground/log.ts'
import { printToStderr } from './print.ts'

/**
 * The log of a command: lines on standard error, as is all that it says beside its result. Those of
 * a server's workers go into the server's log.
 */
export const LINE_LOG: WorkerLog = {
  error({ err }, sentence) {
    if (err === undefined) printToStderr(sentence)
    else process.stderr.write(`${shownLines(`${sentence}: ${inFull(err)}`)}\n`)
  },
}

function inFull(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
