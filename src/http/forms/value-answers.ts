import { formatField, type Answers, type WrittenColumn } from '../../../views/forms/job-form.ts'
import type { ColumnInfo, ColumnType } from '../../domain/records/table.ts'
import {
  WRITTEN_KEYS,
  writtenFormat,
  writtenKeyOf,
  type WrittenKey,
} from '../../domain/specification/fields/named-formats.ts'
import type { ExportSpecification } from '../../domain/specification/specification.ts'
import { oneOf } from '../ground/params.ts'

type ExportFields = ExportSpecification['fields']

const DATES = ['dmy', 'mdy', 'ymd', 'excel_date', 'epoch', 'epoch_ms'] as const
const WORDS = ['yes_no', 'si_no'] as const

/** The formats in which the values of a column of the type can be written. */
const FORMATS_WRITTEN: Record<ColumnType, readonly WrittenKey[]> = {
  integer: ['decimal_comma', 'decimal_point', ...WORDS],
  number: ['plain_comma', 'decimal_comma', 'decimal_point', 'percent'],
  boolean: WORDS,
  date: DATES,
  datetime: DATES,
  text: [],
  blob: [],
  any: [],
}

/** The answers about how an export writes values; `own` for a format that no form offers. */
export function formatAnswers({ fields }: ExportSpecification): Answers {
  const answers: Answers = {}
  for (const [column, { format }] of Object.entries(fields)) {
    if (format !== null) answers[formatField(column)] = writtenKeyOf(format) ?? 'own'
  }
  return answers
}

/** The inverse, of the columns of the table; a format that no form offers stays. */
export function formatsIn(
  answers: Answers,
  columns: Pick<ColumnInfo, 'name'>[],
  old: ExportFields = {},
): ExportFields {
  const chosen = columns.flatMap(({ name }) => {
    const answer = answers[formatField(name)]
    const key = oneOf(WRITTEN_KEYS, answer)
    const known = answer === 'own' ? old[name] : undefined
    const options = key === undefined ? known : { format: writtenFormat(key) }
    return options === undefined ? [] : [[name, options] as const]
  })
  return Object.fromEntries(chosen)
}

/** The columns whose values can be written in several ways, with what was chosen. */
export function writtenColumns(answers: Answers, columns: ColumnInfo[]): WrittenColumn[] {
  return columns.flatMap(({ name, type }) => {
    const format = answers[formatField(name)] ?? ''
    const formats = FORMATS_WRITTEN[type]
    return formats.length === 0 && format === '' ? [] : [{ name, format, formats }]
  })
}
