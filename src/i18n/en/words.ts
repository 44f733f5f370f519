import type { Counter, SUCCESSES } from '../../domain/jobs/counters.ts'
import type { RecordOutcome } from '../../domain/records/record.ts'
import type { ColumnType } from '../../domain/records/table.ts'
import type { JobStatus, JobType } from '../../domain/states/status.ts'
import type { Level } from '../../domain/words/messages.ts'
import type { Act } from '../../domain/words/problems.ts'

/** The counters of the General tab: the stored ones and those derived from them. */
export type CounterLabel =
  | Counter
  | 'total'
  | 'written'
  | 'rejected'
  | 'unprocessed'
  | 'bytes_read'
  | 'bytes_written'
  | 'batches'

/** Parameters that say what the limit of a column is. */
export const COLUMN_LIMITS = ['most', 'digits', 'below'] as const

type DryRunCounter = (typeof SUCCESSES)[number] | 'success' | 'ignored' | 'rejects' | 'rejected'

/** The words that stand alone, in one language. */
export type Words = {
  statuses: Record<JobStatus, string>
  acts: Record<Act, string>
  types: Record<JobType, string>
  levels: Record<Level, string>
  counters: Record<CounterLabel, string>
  /** Labels of counters for a dry run, where the usual label would say that it was done. */
  wouldBe: Record<DryRunCounter, string>
  outcomes: Record<Exclude<RecordOutcome['kind'], 'unfit'>, string>
  columnTypes: Record<ColumnType, string>
  /** The values that a column of the type takes, with an example. */
  columnForms: Record<ColumnType, string>
  /** The same where a number of the type is out of range. */
  columnLimits: Record<(typeof COLUMN_LIMITS)[number], string>
}

export const words: Words = {
  statuses: {
    editing: 'Being edited',
    start_pending: 'Start pending',
    running: 'Execution in progress',
    pausing: 'Pause in progress',
    paused: 'Paused',
    cancelling: 'Cancel in progress',
    cancelled: 'Cancelled',
    finished: 'Finished',
    failed: 'Finished with errors',
    shutting_down: 'Server shutdown in progress',
  },
  acts: {
    start: 'Start',
    pause: 'Pause',
    cancel: 'Cancel',
    claim: 'Take',
    yield: 'Pause at the end of a batch',
    halt: 'Stop',
    finish: 'Finish',
    fail: 'Fail',
    shut_down: 'Shut down',
    go_on: 'Go on',
    delete: 'Delete',
    run_again: 'Run again',
    duplicate: 'Duplicate',
    edit: 'Edit',
    repair: 'Repair',
  },
  types: { import: 'Import', export: 'Export' },
  levels: { information: 'Information', warning: 'Warning', error: 'Error' },
  counters: {
    total: 'Total',
    processed: 'Processed',
    success: 'Success',
    empty: 'Empty',
    errors: 'Errors',
    warnings: 'Warnings',
    rejects: 'Rejects',
    doubles: 'Doubles',
    duplicates: 'Duplicates',
    inserted: 'Inserted',
    updated: 'Updated',
    unchanged: 'Unchanged',
    deleted: 'Deleted',
    reconciled: 'Reconciled',
    ignored: 'Ignored',
    filtered: 'Left out as asked',
    written: 'Written',
    rejected: 'Rejected',
    unprocessed: 'Unprocessed',
    bytes_read: 'Bytes read',
    bytes_written: 'Bytes written',
    batches: 'Batches',
  },
  wouldBe: {
    success: 'Would succeed',
    inserted: 'Would be inserted',
    updated: 'Would be updated',
    unchanged: 'Would stay unchanged',
    deleted: 'Would be deleted',
    reconciled: 'Would be reconciled',
    ignored: 'Would be ignored',
    rejects: 'Would be rejected',
    rejected: 'Would be rejected',
  },
  outcomes: {
    inserted: 'inserted',
    updated: 'updated',
    unchanged: 'unchanged',
    deleted: 'deleted',
    reconciled: 'reconciled',
    ignored: 'ignored',
    double: 'double, ignored',
    duplicate: 'duplicate, ignored',
    filtered: 'left out as asked',
    postponed: 'postponed',
    rejected: 'rejected',
  },
  columnTypes: {
    integer: 'integer',
    number: 'number',
    text: 'text',
    boolean: 'boolean',
    date: 'date',
    datetime: 'date and time',
    blob: 'bytes',
    any: 'any',
  },
  columnForms: {
    integer: 'a whole number such as 42',
    number: 'a number such as 12.5',
    text: 'any text',
    boolean: '1 or 0, true or false, yes or no',
    date: 'a date such as 2024-12-31',
    datetime: 'a date and time such as 2024-12-31 23:59:00',
    blob: 'bytes in hexadecimal digits such as 00ff',
    any: 'anything',
  },
  columnLimits: {
    most: 'a whole number of at least {least} and at most {most}',
    digits: 'a number of at most {digits} {digits:digit|digits} before the point',
    below: 'a number between -{below} and {below}',
  },
}
