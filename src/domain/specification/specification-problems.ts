/** Problems found by our own rules, as keys of `PROBLEMS`; i18n has the sentences. */
const SPECIFICATION_PROBLEMS = [
  'not_one_character',
  'no_separator',
  'no_record_end',
  'no_null_text',
  'reserved_name',
  'field_twice',
] as const
export type SpecificationProblem = (typeof SPECIFICATION_PROBLEMS)[number]

export function isSpecificationProblem(text: string): text is SpecificationProblem {
  return SPECIFICATION_PROBLEMS.some((problem) => problem === text)
}
