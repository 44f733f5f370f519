import {
  FORM_FIELDS,
  isFurtherField,
  type Answers,
  type Fault,
  type FormField,
} from '../../../views/forms/job-form.ts'
import type { Ui } from '../../../views/ground/ui.ts'
import type { InvalidInputError } from '../../domain/words/errors.ts'
import { PROBLEMS_OF_FILES } from '../../domain/words/problems-of-files.ts'
import type { Problem, ProblemKey } from '../../domain/words/problems.ts'
import { withNames } from './with-names.ts'
import { OPERATIONS } from '../../domain/specification/specification.ts'
import { problemOnPage } from '../../i18n/catalogue.ts'

/** The texts and checkboxes of a submitted form. */
export function answersOf(form: Record<string, unknown>): Answers {
  const answers: Answers = {}
  for (const field of ['template' as const, ...FORM_FIELDS]) {
    const given = form[field]
    if (typeof given === 'string') answers[field] = given
  }
  for (const [field, given] of Object.entries(form)) {
    if (isFurtherField(field) && typeof given === 'string') answers[field] = given
  }
  return answers
}

/** All of its texts and ticked checkboxes. */
export function textsOf(form: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(texts)
}

/** The trimmed text of a field, or undefined where it is blank. */
export function typed(answers: Answers, field: keyof Answers): string | undefined {
  return answers[field]?.trim() || undefined
}

export function isTicked(answers: Answers, field: FormField): boolean {
  return answers[field] === 'yes'
}

export function tick(isSo: boolean): string {
  return isSo ? 'yes' : ''
}

type Refused = Pick<InvalidInputError, 'problem'> & Partial<Pick<InvalidInputError, 'at'>>

/** The reason why a form was refused, with the field to correct. */
export function formFault(ui: Ui, { problem, at }: Refused, isExport: boolean): Fault {
  return {
    field: fieldOf(problem, at?.[0], isExport),
    sentence: problemOnPage(
      ui.language,
      inWordsOf(ui, isExport ? problem : withNames(problem)),
      ui.timeZone,
    ),
  }
}

/** Replaces terms of the command line, such as option names, by those that the form shows. */
function inWordsOf({ text }: Ui, problem: Problem): Problem {
  if ('code' in problem) return problem
  if (problem.problem === 'no_table') return { problem: 'no_table_yet', table: problem.table }
  if (problem.problem === 'imported_before') return { ...problem, problem: 'imported_already' }
  if (problem.problem !== 'no_key') return problem
  const operation = OPERATIONS.find((key) => key === problem.operation)
  return operation === undefined
    ? problem
    : { ...problem, operation: text.form.operations[operation] }
}

/** The form field of a specification part, which may have another name. */
function fieldOfPart(part: string, isExport: boolean): FormField | undefined {
  if (part === 'path') return isExport ? 'fileName' : 'file'
  return FORM_FIELDS.find((field) => field === part)
}

/** Problems found in the file or database name no part: the problem itself determines the field. */
const FIELDS: Partial<Record<ProblemKey, FormField>> = {
  no_file: 'file',
  not_a_file: 'file',
  empty_file: 'file',
  nothing_in_file: 'file',
  damaged_header: 'file',
  no_encoding: 'encoding',
  no_bom: 'bom',
  not_for_format: 'format',
  name_twice: 'columns',
  title_twice: 'columns',
  no_table: 'table',
  no_table_or_view: 'table',
  is_view: 'table',
  view_without: 'table',
  table_refused: 'table',
  name_ambiguous: 'table',
  no_schema: 'table',
  name_too_long: 'table',
  no_schema_of_own: 'table',
  nothing_mapped: 'table',
  table_without_columns: 'table',
  no_key: 'key',
  computed_key: 'key',
  key_not_filled: 'key',
  no_folder: 'fileName',
  is_folder: 'fileName',
  file_taken: 'fileName',
}

const NO_TABLE_COLUMNS: string[] = ['no_table_column', 'no_table_columns']

function fieldOf(
  problem: Problem,
  part: string | undefined,
  isExport: boolean,
): FormField | undefined {
  if (part !== undefined) return fieldOfPart(part, isExport)
  if ('code' in problem) return isExport ? undefined : 'file'
  if (NO_TABLE_COLUMNS.includes(problem.problem)) return isExport ? 'columns' : 'key'
  const isOfFile = Object.hasOwn(PROBLEMS_OF_FILES, problem.problem)
  return FIELDS[problem.problem] ?? (isOfFile ? 'file' : undefined)
}
