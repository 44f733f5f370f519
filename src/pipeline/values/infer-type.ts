import type { NewTable } from '../../db/store.ts'
import { isDate, isDatetime } from './dates.ts'
import { textOfValue, type SourceValue } from './typed-value.ts'
import { isNumeric, isPlainInteger, isWrittenSo, SAFE_DIGITS } from './numbers.ts'

export type InferredType = NewTable['columns'][number]['type']

/**
 * Which texts a type takes so that each, written back, is the same: no zeros in front or behind, no
 * plus, no exponent, no blanks.
 */
const TAKES: Record<InferredType, (text: string) => boolean> = {
  integer: isPlainInteger,
  number: (text) => /^[-\d.]+$/.test(text) && text.length <= SAFE_DIGITS && isWrittenSo(text),
  boolean: (text) => text === 'true' || text === 'false',
  date: isDate,
  datetime: isDatetime,
  text: () => true,
}

/** The narrowest first. */
const TYPES = ['integer', 'number', 'boolean', 'date', 'datetime', 'text'] as const

export function takes(type: InferredType, text: string): boolean {
  return TAKES[type](text)
}

/** The type of a column with these values, of which none is empty. A key is compared as it is written. */
export function inferType(texts: string[], { isKey }: { isKey: boolean }): InferredType {
  if (texts.length === 0) return 'text'
  const found = TYPES.find((type) => texts.every(TAKES[type])) ?? 'text'
  return isKey && found === 'boolean' ? 'text' : found
}

/**
 * The same of values whose source tells their kinds: a text is never taken for a number or a
 * boolean, and values of several kinds are kept as texts.
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

/** The first of them that looks like a number, where not all of them can be kept as numbers. */
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

/** The narrowest type that takes what the other took, and these. */
export function widerType(type: InferredType, texts: string[]): InferredType {
  return WIDER[type].find((wider) => texts.every(TAKES[wider])) ?? 'text'
}

export function isInferredType(type: string): type is InferredType {
  return Object.hasOwn(TAKES, type)
}
