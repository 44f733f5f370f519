import { OVER_STATUSES, type JobStatus } from './status.ts'
import { sourcesOf } from './transitions.ts'

/** What an operator can do with a job, in the order of the buttons. */
export const COMMANDS = ['start', 'pause', 'cancel', 'run_again', 'duplicate', 'delete'] as const
export type Command = (typeof COMMANDS)[number]

/** What can be done with many jobs at once. */
export const BULK_COMMANDS = ['start', 'pause', 'cancel', 'delete'] as const satisfies Command[]
export type BulkCommand = (typeof BULK_COMMANDS)[number]

/** What cannot be undone is asked for twice. */
export const FINAL_COMMANDS = ['cancel', 'delete'] as const satisfies BulkCommand[]
export type FinalCommand = (typeof FINAL_COMMANDS)[number]

export function isFinalCommand(command: BulkCommand): command is FinalCommand {
  return FINAL_COMMANDS.some((one) => one === command)
}

/** A job that goes away must not be under way; one that is run again must have come to an end. */
export const DELETABLE_STATUSES = ['editing', ...OVER_STATUSES] as const satisfies JobStatus[]

/** What a job does can be changed until it is started. */
export const EDITABLE_STATUSES = ['editing'] as const satisfies JobStatus[]

export function isEditable(status: JobStatus): boolean {
  return EDITABLE_STATUSES.some((editable) => editable === status)
}

/** The commands that a job of this status obeys, and no others. */
export function allowedCommands(status: JobStatus): Command[] {
  return COMMANDS.filter((command) => isAllowed(command, status))
}

export function isAllowed(command: Command, status: JobStatus): boolean {
  if (command === 'duplicate') return true
  return statusesFor(command).some((allowed) => allowed === status)
}

export function statusesFor(command: Exclude<Command, 'duplicate'>): readonly JobStatus[] {
  if (command === 'delete') return DELETABLE_STATUSES
  return command === 'run_again' ? OVER_STATUSES : sourcesOf(command)
}
