import type { Value } from '../../domain/records/record.ts'
import { isWrittenSo } from './numbers.ts'

/** What a value is by the words of its source; `json` is one that has a structure of its own. */
export const VALUE_KINDS = ['number', 'boolean', 'null', 'json'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

/**
 * A value whose source tells its kind. Its text is kept as it was written: a number does not pass
 * through a double on its way to a column that keeps all its digits.
 */
export class TypedValue {
  readonly kind: ValueKind
  readonly text: string

  constructor(kind: ValueKind, text: string) {
    this.kind = kind
    this.text = text
  }
}

/** NULL, by the source's own words: it empties a field, which an empty text does only where asked. */
export const NULL_VALUE = new TypedValue('null', '')

/** A value of a record: nearly all are texts of which the source does not tell what they mean. */
export type SourceValue = string | TypedValue

export function textOfValue(value: SourceValue | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : value.text
}

/** What goes into a column that takes anything: a number where that, written back, is the same text. */
export function plainValue({ kind, text }: TypedValue): Value {
  if (kind !== 'number' || !isWrittenSo(text)) return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(text)
    ? BigInt(text)
    : number
}
