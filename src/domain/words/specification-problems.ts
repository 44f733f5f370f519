/** Problems found by our own rules, as keys of `PROBLEMS`; i18n has the sentences. */
const SPECIFICATION_PROBLEMS = [
  'not_one_character',
  'no_separator',
  'no_record_end',
  'no_null_text',
  'reserved_name',
  'field_twice',
  'empty_part',
  'nul_in_text',
  'half_character',
  'no_template',
  'no_pattern',
  'no_group',
  'no_locale',
  'no_part',
  'no_date_pattern',
  'no_currency',
  'same_mark',
  'word_twice',
  'value_twice',
  'no_bound',
  'too_deep',
  'last_before_first',
] as const
export type SpecificationProblem = (typeof SPECIFICATION_PROBLEMS)[number]

export function isSpecificationProblem(text: string): text is SpecificationProblem {
  return SPECIFICATION_PROBLEMS.some((problem) => problem === text)
}
