import type { FoldedFieldProps } from '../../../../views/assistant/fields/folded-field.tsx'
import {
  DEFAULT_FIELD_OPTIONS,
  type FieldOptions,
} from '../../../domain/specification/fields/field-options.ts'
import { answersAt, fieldAnswers, hiddenParts } from '../answers/field-answers.ts'

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
