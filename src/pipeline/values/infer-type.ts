import type { NewTable } from '../../db/store.ts'
import { isDate, isDatetime } from './dates.ts'
import { textOfValue, type SourceValue } from './typed-value.ts'
import { isNumeric, isPlainInteger, isWrittenSo, SAFE_DIGITS } from './numbers.ts'

export type InferredType = NewTable['columns'][number]['type']

/**
 * Which texts a type accepts so that each round-trips: no leading or trailing zeros, plus sign,
 * exponent or spaces.
 */
const TAKES: Record<InferredType, (text: string) => boolean> = {
  integer: isPlainInteger,
  number: (text) => /^[-\d.]+$/.test(text) && text.length <= SAFE_DIGITS && isWrittenSo(text),
  boolean: (text) => text === 'true' || text === 'false',
  date: isDate,
  datetime: isDatetime,
  text: () => true,
}

/** From narrow to wide. */
const TYPES = ['integer', 'number', 'boolean', 'date', 'datetime', 'text'] as const

export function takes(type: InferredType, text: string): boolean {
  return TAKES[type](text)
}

/**
 * The type of a column with these non-empty values. A key is compared as text, so it is never a
 * boolean.
 */
export function inferType(texts: string[], { isKey }: { isKey: boolean }): InferredType {
  if (texts.length === 0) return 'text'
  const found = TYPES.find((type) => texts.every(TAKES[type])) ?? 'text'
  return isKey && found === 'boolean' ? 'text' : found
}

/**
 * The same for typed source values: a text never becomes a number or a boolean, and mixed kinds
 * become text.
 */
export function inferTyped(
  values: readonly SourceValue[],
  { isKey }: { isKey: boolean },
): InferredType {
  const kinds = new Set(values.map((value) => (typeof value === 'string' ? 'text' : value.kind)))
  const [kind, ...others] = kinds
  const texts = values.map(textOfValue)
  if (kind === undefined || others.length > 0 || kind === 'json') return 'text'
  if (kind !== 'text') return inferType(texts, { isKey })
  return (['date', 'datetime'] as const).find((type) => texts.every(TAKES[type])) ?? 'text'
}

/** The first text that keeps a column of numbers from being stored as numbers. */
export function keptAsText(texts: string[]): string | undefined {
  const isNumbers = texts.length > 0 && texts.every(isNumeric)
  return isNumbers ? texts.find((text) => !TAKES.number(text)) : undefined
}

const WIDER: Record<InferredType, readonly InferredType[]> = {
  integer: ['number'],
  number: [],
  boolean: [],
  date: ['datetime'],
  datetime: [],
  text: [],
}

/** The narrowest type that accepts these texts and all that the given type accepts. */
export function widerType(type: InferredType, texts: string[]): InferredType {
  return WIDER[type].find((wider) => texts.every(TAKES[wider])) ?? 'text'
}

export function isInferredType(type: string): type is InferredType {
  return Object.hasOwn(TAKES, type)
}
