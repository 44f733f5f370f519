/** What values do not tell of how they are written: the order of their dates, or the decimal mark. */
export type UnclearFormat =
  | 'dates_unclear'
  | 'day_or_year_unclear'
  | 'month_or_year_unclear'
  | 'orders_unclear'
  | 'numbers_unclear'

/** What a step of the assistant asks for and did not get. */
export const PROBLEMS_OF_STEPS = {
  dates_unclear: { column: 'text' },
  day_or_year_unclear: { column: 'text' },
  month_or_year_unclear: { column: 'text' },
  orders_unclear: { column: 'text' },
  no_place: { column: 'text', place: 'text' },
  title_twice: { title: 'text' },
  numbers_unclear: { column: 'text' },
  no_source_chosen: { text: 'text' },
  no_field_named: { text: 'text' },
  no_change_chosen: { place: 'number' },
  change_without_text: { place: 'number', text: 'text' },
  stamp_without_text: { text: 'text' },
  no_values_listed: {},
  no_listed_pair: { text: 'text' },
  no_column_chosen: { place: 'text', value: 'text' },
  value_listed_twice: { value: 'text' },
  no_more_misfits: {},
  corrected_by_two: { count: 'number' },
  settled_meanwhile: { count: 'number' },
  touched_meanwhile: { count: 'number' },
  fit_changed: {},
  masked_gone: {},
  masked_left: {},
  masked_not_kept: {},
  only_overwrites: { count: 'number' },
  only_theirs: { count: 'number' },
  field_said_twice: { field: 'text', name: 'text', other: 'text' },
  job_changed: {},
  table_without_columns: { table: 'text' },
  no_table_columns: { table: 'text', missing: 'text', columns: 'text' },
  step_open: { id: 'id', step: 'text' },
  no_file_columns: { missing: 'text', columns: 'text' },
} as const
