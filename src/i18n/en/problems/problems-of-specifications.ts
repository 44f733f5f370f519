import type { PROBLEMS_OF_SPECIFICATIONS } from '../../../domain/words/problems-of-specifications.ts'

/** What is wrong with a part of a specification, and how it is written. */
export const problemsOfSpecifications: Record<keyof typeof PROBLEMS_OF_SPECIFICATIONS, string> = {
  unknown_part: 'A specification has no such part; take it out, or see how it is written.',
  no_text: 'Write a text here, in quotes.',
  no_flag: 'Write true or false here, without quotes.',
  no_list: 'Write a list here, in square brackets.',
  no_object: 'Write an object here, in braces, as tallyman jobs show ID --spec prints it.',
  too_many_parts: 'These are too many; name at most {limit}.',
  amount_too_small: 'Write a whole number from {least} on.',
  amount_too_large: 'Write a whole number up to {most}.',
  half_character: 'This has half of a character in it (a lone surrogate); leave it out.',
  no_template:
    'Write each name of a column between two braces, and a brace that is to stand twice.',
  no_pattern:
    'This is no regular expression in the syntax of RE2, which has no lookahead and no references back; write it in another way.',
  no_group:
    'Write $1 for the first group of the pattern and $$ for a dollar sign; this names a group that the pattern has not.',
  no_locale: 'Write the tag of a language, such as en, es or tr.',
  no_part: 'Write the number of a part: 1 is the first, -1 the last.',
  no_date_pattern:
    'Write a pattern of a whole date, each part once, such as dd/MM/yyyy HH:mm; its letters are yyyy, yy, MMMM, MMM, MM, M, dd, d, HH, H, hh, h, mm, ss, SSS, a and XXX, and other letters stand in single quotes.',
  no_currency: 'Write the sign of a currency, such as €, without digits and blanks around it.',
  same_mark: 'The decimal sign cannot stand between the thousands too; take another one.',
  word_twice: 'A word cannot mean both yes and no; take it out of one of the lists.',
  value_twice: 'A text of the file stands for two values; list each text once.',
  no_bound: 'Name the least value, the most, or both.',
  no_comparable:
    '"{value}" cannot be compared with the values of {field}: write it as the file does, or like 2010-12-31 or 2.5.',
  two_meanings:
    '"{value}" can mean two values of {field}: write it without thousands separators, or with its percent sign.',
  least_above_most: 'In {field}, the least value {least} is above the greatest, {most}.',
  format_unfit:
    'The field "{field}" is of the type {type}, which takes no value that is written as {sample}; give it another format, or none.',
  too_deep: 'These are more levels of groups than can be read; write it with fewer.',
  no_expression: 'An expression cannot be understood or does not work: {detail}.',
  endless_records:
    'The expressions do not end, or need too much memory, for the records on the lines {lines}: correct them, or leave these records out.',
  endless_expression:
    'An expression did not come to an end, or needed too much memory, and was stopped; write it in another way.',
  lookup_in_target:
    'The values cannot be looked for in {table}, which the job itself writes; make a foreign key, or name another table.',
  no_json: 'This is no JSON in UTF-8; see line {line}, column {column}.',
  part_twice:
    '"{name}" stands in line {line} again, after line {first}, and only one would count; take one of them out.',
  no_specification: 'This is no specification; print one with: tallyman jobs show ID --spec',
  specification_of_import:
    'This is the specification of an import, and one of an export is needed; it goes to: tallyman import --spec',
  specification_of_export:
    'This is the specification of an export, and one of an import is needed; it goes to: tallyman export --spec',
  job_for_specification:
    'This is what --json tells of a job, and no specification; print that with: tallyman jobs show ID --spec',
  template_for_specification:
    'This is what --json tells of a template, and no specification; print that with: tallyman templates show NAME',
  specification_too_large: 'The file is too large; at most {limit} bytes are read.',
  differential_cut:
    'An export of what changed cannot be cut, because the rows beyond would be in no run; leave the number of rows open.',
  no_change_field:
    'The field {field} cannot say when a row changed; name one with a date, a time, a number that grows, or a text that does.',
  last_before_first: 'The last record is before the first; write a number that is not less.',
}
