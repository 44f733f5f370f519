import type { Value } from '../../domain/records/record.ts'
import { isWrittenSo } from './numbers.ts'

/** The type of a value in its source; `json` is an object or an array. */
export const VALUE_KINDS = ['number', 'boolean', 'null', 'json'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

/**
 * A value with a type from its source. It keeps its text as written, so a number reaches a column
 * with all its digits and not through a double.
 */
export class TypedValue {
  readonly kind: ValueKind
  readonly text: string

  constructor(kind: ValueKind, text: string) {
    this.kind = kind
    this.text = text
  }
}

/** An explicit NULL of the source: it clears a field, which an empty text does only if asked. */
export const NULL_VALUE = new TypedValue('null', '')

/** A value of a record; nearly all are texts without a type. */
export type SourceValue = string | TypedValue

export function textOfValue(value: SourceValue | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : value.text
}

/** The value for a column of any type: a number only if it is written as the same text. */
export function plainValue({ kind, text }: TypedValue): Value {
  if (kind !== 'number' || !isWrittenSo(text)) return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(text)
    ? BigInt(text)
    : number
}
