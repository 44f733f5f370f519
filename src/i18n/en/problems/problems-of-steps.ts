import type { PROBLEMS_OF_STEPS } from '../../../domain/words/problems-of-steps.ts'

export const problemsOfSteps: Record<keyof typeof PROBLEMS_OF_STEPS, string> = {
  dates_unclear:
    'Choose how the dates of the column {column} are written: they do not tell whether the day or the month comes first.',
  numbers_unclear:
    'Choose how the numbers of the column {column} are written: they do not tell whether a point or a comma comes before decimals.',
  no_source_chosen: 'Choose what "{text}" is that fills the field, or clear it.',
  no_field_named: 'Name the further field that is filled with "{text}", or clear its row.',
  no_change_chosen: 'Choose what change {place} does, or clear its texts.',
  no_values_listed:
    'Write the values that the list has, or let a value that is not listed reject its record.',
  no_column_chosen: 'Choose the field of the condition {place}, or clear its value "{value}".',
  value_listed_twice: 'The value {value} is listed twice; only one text can be written for it.',
  job_changed:
    'The job was changed since this page was shown. Nothing of the page was saved; this is how the job is now.',
  table_without_columns: 'The table {table} would have no column: choose at least one of the file.',
}
