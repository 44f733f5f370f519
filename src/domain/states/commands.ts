import { OVER_STATUSES, type JobStatus } from './status.ts'
import { sourcesOf } from './transitions.ts'

/** The commands of an operator, in the order of the buttons. */
export const COMMANDS = ['start', 'pause', 'cancel', 'run_again', 'duplicate', 'delete'] as const
export type Command = (typeof COMMANDS)[number]

/** The commands that work on many jobs at once. */
export const BULK_COMMANDS = ['start', 'pause', 'cancel', 'delete'] as const satisfies Command[]
export type BulkCommand = (typeof BULK_COMMANDS)[number]

/** What cannot be undone is asked for twice. */
export const FINAL_COMMANDS = ['cancel', 'delete'] as const satisfies BulkCommand[]
export type FinalCommand = (typeof FINAL_COMMANDS)[number]

export function isFinalCommand(command: BulkCommand): command is FinalCommand {
  return FINAL_COMMANDS.some((one) => one === command)
}

/** A job can be deleted while it is edited and once it is over. */
export const DELETABLE_STATUSES = ['editing', ...OVER_STATUSES] as const satisfies JobStatus[]

/** A specification can be changed until the job is started. */
export const EDITABLE_STATUSES = ['editing'] as const satisfies JobStatus[]

export function isEditable(status: JobStatus): boolean {
  return EDITABLE_STATUSES.some((editable) => editable === status)
}

/** The commands that a job in this status accepts. */
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
