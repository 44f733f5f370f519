import type { Job } from '../../src/domain/jobs/job.ts'
import type { Ui } from '../ground/ui.ts'

/** What the forms of imports and exports ask for. Their answers are texts, as they were typed. */
export const FORM_FIELDS = [
  'file',
  'otherFile',
  'table',
  'create',
  'key',
  'operation',
  'doubles',
  'duplicates',
  'columns',
  'fileName',
  'replace',
  'label',
  'format',
  'delimiter',
  'otherDelimiter',
  'encoding',
  'header',
  'skip',
  'skipLast',
  'headerLines',
  'maxRejects',
  'keepGoing',
  'dryRun',
  'trace',
  'again',
] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** What is not there was left empty; a tick is `yes`. */
export type Answers = Partial<Record<FormField, string>>

/** Why the form was refused: at a field, or as a whole. */
export type Fault = { field?: FormField | undefined; sentence: string }

export type JobFormProps = {
  ui: Ui
  answers: Answers
  fault?: Fault | undefined
  /** The job that is being edited; without it a new one is made. */
  job?: Job | undefined
}

/** A file that can be imported, by the token that the form gives back for it. */
export type InboxFile = {
  token: string
  name: string
  folder: string
  /** Bytes. */
  size: number
  modifiedAt: Date
}

export type Inbox = {
  files: InboxFile[]
  /** How many were looked at, of which `files` are the newest. */
  count: number
  /** How many more there are. */
  unseen: number
  /** Files whose names are not UTF-8, and cannot be given to an import. */
  unnamed: number
}

/** Stands for the file that the job names already, wherever that lies. */
export const SAME_FILE = 'same'
