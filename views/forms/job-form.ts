import type { Job } from '../../src/domain/jobs/job.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import type { Ui } from '../ground/ui.ts'

/** The fields of the forms of imports and exports. Answers are unparsed text. */
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
  'quote',
  'escape',
  'recordEnd',
  'comment',
  'nulls',
  'trim',
  'mergeDelimiters',
  'multiline',
  'missingColumns',
  'surplusColumns',
  'bom',
  'lineEnd',
  'quoteAll',
  'nullText',
  'safeCells',
  'gzip',
] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** A file of the inbox that follows the chosen one, by its token. */
type FurtherField = `also:${string}`
export function furtherField(token: string): FurtherField {
  return `also:${token}`
}
export function isFurtherField(field: string): field is FurtherField {
  return field.startsWith('also:')
}

/** A missing answer was left empty; a ticked checkbox is `yes`; `template` is the key of one. */
export type Answers = Partial<Record<FormField | FurtherField | 'template', string>>

/** Why the form was refused, at one field or as a whole. */
export type Fault = { field?: FormField | undefined; sentence: string }

export type JobFormProps = {
  ui: Ui
  answers: Answers
  fault?: Fault | undefined
  /** The job that is edited; undefined for a new one. */
  job?: Job | undefined
  /** The template that a new one is made from. */
  template?: Template | undefined
}

/** A file that can be imported. The form sends its token. */
export type InboxFile = {
  token: string
  name: string
  folder: string
  size: number
  modifiedAt: Date
}

export type Inbox = {
  files: InboxFile[]
  /** Number of files found; `files` holds the newest. */
  count: number
  /** Number of further files that were not examined. */
  unseen: number
  /** Number of files that cannot be imported because their names are not UTF-8. */
  unnamed: number
}

/** Token for the file that the edited job already has, wherever it is. */
export const SAME_FILE = 'same'

/** How a source is written and what stands in its head: what the forms of imports share. */
export const SOURCE_FIELDS = [
  'format',
  'delimiter',
  'otherDelimiter',
  'encoding',
  'skip',
  'headerLines',
  'skipLast',
  'columns',
] as const satisfies FormField[]

/** What a form begins with: a job that is edited, a template, or nothing. */
export type FormBase = Pick<JobFormProps, 'job' | 'template'>
