import type { Job } from '../../src/domain/jobs/job.ts'
import type { WrittenKey } from '../../src/domain/specification/fields/named-formats.ts'
import type { Template } from '../../src/domain/templates/template.ts'
import type { Ui } from '../ground/ui.ts'

/** The fields of the import and export forms. Answers are unparsed text. */
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
  'titles',
  'order',
  'mostRows',
  'differential',
  'filterKind',
  'filter',
  'safeCells',
] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** The conditions that a form asks for; more are written in a specification. */
export const FILTER_ROWS = [1, 2, 3, 4] as const
export type FilterRow = (typeof FILTER_ROWS)[number]
type ConditionField = `filter${'Field' | 'Operator' | 'Value'}${FilterRow}`

export function conditionFields(row: FilterRow): ConditionField[] {
  return [`filterField${row}`, `filterOperator${row}`, `filterValue${row}`]
}

/** How the values of a column are written. */
type FormatField = `format:${string}`
export function formatField(column: string): FormatField {
  return `format:${column}`
}
export function isFormatField(field: string): field is FormatField {
  return field.startsWith('format:')
}

/** A file of the inbox that follows the chosen one, by its token. */
type FurtherField = `also:${string}`
export function furtherField(token: string): FurtherField {
  return `also:${token}`
}
export function isFurtherField(field: string): field is FurtherField {
  return field.startsWith('also:')
}

/** A column whose values can be written in several ways, and the key of the chosen one. */
export type WrittenColumn = { name: string; format: string; formats: readonly WrittenKey[] }

/** A missing answer was left empty; a ticked checkbox is `yes`; `template` is the key of one. */
export type Answers = Partial<
  Record<FormField | ConditionField | FormatField | FurtherField | 'template', string>
>

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
  /** What an export would write, where that was asked for. */
  preview?: { sql: string; text: string } | undefined
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
