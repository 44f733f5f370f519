/** What a step of the assistant asks for and did not get. */
export const PROBLEMS_OF_STEPS = {
  dates_unclear: { column: 'text' },
  numbers_unclear: { column: 'text' },
  no_source_chosen: { text: 'text' },
  no_field_named: { text: 'text' },
  no_change_chosen: { place: 'number' },
  no_values_listed: {},
  no_column_chosen: { place: 'text', value: 'text' },
  value_listed_twice: { value: 'text' },
  job_changed: {},
  table_without_columns: { table: 'text' },
} as const
