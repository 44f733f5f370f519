import { isMessageCode, MESSAGES, type MessageCode } from './messages.ts'

/** Warnings about the execution, not about the file, the table or the records. */
const ABOUT_EXECUTION: readonly string[] = ['TLY-1009', 'TLY-1012', 'TLY-1070']

/**
 * The warnings about a file, a table or records. Those in a journal are also shown when a command
 * ends, in `--json`, on the job's page and in its report.
 */
export const WARNINGS: readonly MessageCode[] = Object.keys(MESSAGES)
  .filter(isMessageCode)
  .filter((code) => MESSAGES[code] === 'warning' && !ABOUT_EXECUTION.includes(code))
