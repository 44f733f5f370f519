import type { PROBLEMS_OF_STEPS } from '../../../domain/words/problems-of-steps.ts'

export const problemsOfSteps: Record<keyof typeof PROBLEMS_OF_STEPS, string> = {
  dates_unclear:
    'Choose how the dates of the column {column} are written: they do not tell whether the day or the month comes first.',
  day_or_year_unclear:
    'Choose how the dates of the column {column} are written: they do not tell whether the day or the year comes first.',
  month_or_year_unclear:
    'Choose how the dates of the column {column} are written: they do not tell whether the month or the year comes first.',
  orders_unclear:
    'Choose how the dates of the column {column} are written: they do not tell whether the day, the month or the year comes first.',
  numbers_unclear:
    'Choose how the numbers of the column {column} are written: they do not tell whether a point or a comma comes before decimals.',
  no_place: 'Write the place of the column {column} as a whole number from 1, not as "{place}".',
  title_twice:
    'Two columns of the file would have the title "{title}": give each its own, or take one out.',
  no_source_chosen: 'Choose what "{text}" is that fills the field, or clear it.',
  no_field_named: 'Name the further field that is filled with "{text}", or clear its row.',
  no_change_chosen: 'Choose what change {place} does, or clear its texts.',
  change_without_text:
    'Change {place} has no use for "{text}": clear it, or choose another change.',
  stamp_without_text:
    'What Tallyman itself fills in has no use for "{text}": clear it, or choose that it is a fixed value, a template or an expression.',
  no_values_listed:
    'Write the values that the list has, or let a value that is not listed reject its record.',
  no_listed_pair: 'Write an equals sign between two values: "{text}" has none, as in old = new.',
  no_column_chosen: 'Choose the field of the condition {place}, or clear its value "{value}".',
  value_listed_twice: 'The value {value} is listed twice; only one text can be written for it.',
  no_more_misfits: 'Behind this page, all records of this reason fit.',
  corrected_by_two:
    'Somebody else has corrected {count} {count:record|records} that you have corrected as well. Choose below whose correction counts; until then, yours is kept on this page.',
  settled_meanwhile:
    'Somebody else has imported {count} {count:record|records} that you have corrected, or set {count:it|them} aside, so what you typed there is not taken. All else that you typed is kept.',
  fit_changed:
    'Since the check was shown, the table or these rejects have changed: other records fit now, or change rows that are there, so nothing was imported. Below is the check of how they are now.',
  touched_meanwhile:
    'Somebody else has changed {count} {count:record|records} of this reason since you opened this page, so what you asked for was not done. Look at {count:it|them}, and ask for it again.',
  masked_gone:
    'Its sensitive values were not kept, and its source is gone or changed: export these rejects, put the real values in, and send the file back.',
  masked_left:
    'Of this record nothing was kept: put all its real values in place of the masks in the exported file, and send that back.',
  masked_not_kept:
    'Nothing of this file is kept, since it may have sensitive values: import what fits, and send the rest once it is corrected.',
  only_overwrites:
    'Nothing was imported: the {count} {count:record that fits would change a row|records that fit would change rows} that the table has already. Where that is wanted, choose to write over rows (on the command line: --overwrite).',
  only_theirs:
    'Nothing was imported: {count} {count:record was|records were} corrected otherwise by somebody else on the page. Where those of the file are to go in, add --overwrite.',
  field_said_twice:
    '"{other}" and "{name}" are both the field {field}; say what it needs under one name.',
  job_changed:
    'The job was changed since this page was shown. Nothing of the page was saved; this is how the job is now.',
  table_without_columns: 'The table {table} would have no column: choose at least one of the file.',
  no_table_columns: 'The table {table} has no columns {missing}; it has {columns}.',
  step_open: 'Job {id} was not started: something is still to be decided at its step "{step}".',
  no_file_columns: 'The file has no columns {missing}; it has {columns}.',
}
