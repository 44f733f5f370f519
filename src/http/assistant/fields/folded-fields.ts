import type { FoldedFieldProps } from '../../../../views/assistant/fields/folded-field.tsx'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../../domain/specification/fields/field-options.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { CheckedSample } from '../../../pipeline/import/preview/check-sample.ts'
import { answersAt, fieldAnswers, hiddenParts } from '../answers/field-answers.ts'
import { sensitiveAmong } from './sensitive-in.ts'

/** What is said of the fields that columns fill, as it was typed or as the job has it. */
export function foldedFields(
  specification: ImportSpecification,
  { columns }: CheckedSample,
  typed: Readonly<Record<string, string>> | undefined,
): FoldedFieldProps[] {
  const { fields } = specification
  const secret = sensitiveAmong(specification, columns)
  return columns.flatMap(({ field }, index) => {
    if (field === undefined) return []
    const options = secret.has(index)
      ? { ...(fields[field] ?? DEFAULT_FIELD_OPTIONS), sensitive: true }
      : fields[field]
    return [foldedField({ field, row: String(index) }, options, typed)]
  })
}

/** What is said of a field, as it was typed in its row or as the specification has it. */
export function foldedField(
  { field, row }: { field: string; row: string },
  options: FieldOptions = DEFAULT_FIELD_OPTIONS,
  typed: Readonly<Record<string, string>> = {},
): FoldedFieldProps {
  const sent = answersAt(typed, row)
  const answers = sent.asked === undefined ? fieldAnswers(options) : sent
  const { transforms, checks, enumeration } = hiddenParts(options)
  return {
    field,
    row,
    answers,
    hidden: {
      ...(transforms ? { transforms: options.transforms } : {}),
      ...(checks ? { checks: options.checks } : {}),
      ...(enumeration ? { format: options.format } : {}),
    },
  }
}
