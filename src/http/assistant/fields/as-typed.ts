import type { AssistantColumn } from '../../../../views/assistant/fields/column-row.ts'
import { ERROR_POLICIES } from '../../../domain/specification/fields/error-policy.ts'
import { FORMAT_KEYS } from '../../../domain/specification/fields/named-formats.ts'
import { MADE_TYPES } from '../../../domain/specification/specification.ts'
import { oneOf } from '../../ground/params.ts'
import { answersAt } from '../answers/field-answers.ts'
import { formatAnswers } from '../answers/format-answers.ts'

const FORMATS = ['', 'own', ...FORMAT_KEYS] as const

/** The row of a column as it was sent, where the form was refused. */
export function asTyped(
  shown: AssistantColumn,
  row: string,
  typed: Readonly<Record<string, string>> = {},
): AssistantColumn {
  const field = typed[`field-${row}`]
  if (field === undefined) return shown
  return {
    ...shown,
    field,
    isGuessed: shown.isGuessed && field === shown.field,
    instead: field === shown.field ? shown.instead : undefined,
    isKey: typed[`key-${row}`] === 'yes',
    isSensitive:
      typed[`secretShown-${row}`] === 'yes' ? typed[`secret-${row}`] === 'yes' : shown.isSensitive,
    onError: oneOf(ERROR_POLICIES, typed[`error-${row}`]) ?? shown.onError,
    parts: { ...shown.parts, ...formatAnswers(answersAt(typed, row), undefined).parts },
    format: oneOf(FORMATS, typed[`format-${row}`]) ?? shown.format,
    type: oneOf(MADE_TYPES, typed[`type-${row}`]) ?? shown.type,
  }
}
