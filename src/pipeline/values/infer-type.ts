import type { ColumnInfo, MadeType, Typing } from '../../domain/records/table.ts'
import { isDate, isDatetime } from './dates.ts'
import {
  isExactDecimal,
  isInstant,
  isInt32,
  isInt64,
  isServerDate,
  isServerTimestamp,
  isUuid,
} from './exact.ts'
import { textOfValue, type SourceValue } from './typed-value.ts'
import { isPlainDecimal, SAFE_DIGITS } from './digits.ts'
import { isNumeric, isPlainInteger, isWrittenSo } from './numbers.ts'

type Takes = (text: string) => boolean

/**
 * Which texts the types accept so that each round-trips, from narrow to wide: no leading zeros, plus
 * sign, exponent or spaces.
 */
const TYPES: Record<Typing, ReadonlyMap<MadeType, Takes>> = {
  loose: new Map<MadeType, Takes>([
    ['integer', isPlainInteger],
    ['number', isShortNumber],
    ['boolean', isBoolean],
    ['date', isDate],
    ['datetime', isDatetime],
    ['text', () => true],
  ]),
  exact: new Map<MadeType, Takes>([
    ['integer', isInt32],
    ['bigint', isInt64],
    ['number', isExactDecimal],
    ['boolean', isBoolean],
    ['date', isServerDate],
    ['datetime', isInstant],
    ['timestamp', isServerTimestamp],
    ['uuid', isUuid],
    ['text', () => true],
  ]),
}

function isShortNumber(text: string): boolean {
  if (isPlainDecimal(text)) return true
  return text.length <= SAFE_DIGITS && /^[-\d.]+$/.test(text) && isWrittenSo(text)
}

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false'
}

export function takes(type: MadeType, typing: Typing, text: string): boolean {
  return TYPES[typing].get(type)?.(text) === true
}

type Inference = { isKey: boolean; typing: Typing }

/**
 * The type of a column with these non-empty values. A key is compared as text, so it is never a
 * boolean, nor a number that is the same with other digits.
 */
export function inferType(texts: string[], { isKey, typing }: Inference): MadeType {
  if (texts.length === 0) return 'text'
  const [found = 'text'] =
    TYPES[typing].entries().find(([, takesText]) => texts.every(takesText)) ?? []
  return isKey && !keepsKeys(found, typing) ? 'text' : found
}

function keepsKeys(type: MadeType, typing: Typing): boolean {
  return type !== 'boolean' && (type !== 'number' || typing === 'loose')
}

/**
 * The same for typed source values: a text never becomes a number or a boolean, and mixed kinds
 * become text.
 */
export function inferTyped(values: readonly SourceValue[], inference: Inference): MadeType {
  const kinds = new Set(values.map((value) => (typeof value === 'string' ? 'text' : value.kind)))
  const [kind, ...others] = kinds
  const texts = values.map(textOfValue)
  if (kind === undefined || others.length > 0 || kind === 'json') return 'text'
  const type = inferType(texts, inference)
  return kind !== 'text' || OF_TEXTS.includes(type) ? type : 'text'
}

const OF_TEXTS: readonly MadeType[] = ['date', 'datetime', 'timestamp', 'uuid']

/** The first text that keeps a column of numbers from being stored as numbers. */
export function keptAsText(texts: string[], typing: Typing): string | undefined {
  const isNumbers = texts.length > 0 && texts.every(isNumeric)
  return isNumbers ? texts.find((text) => !takes('number', typing, text)) : undefined
}

/** Where types are exact, a date that becomes a time is written otherwise. */
const WIDER: Record<Typing, Partial<Record<MadeType, readonly MadeType[]>>> = {
  loose: { integer: ['number'], date: ['datetime'] },
  exact: { integer: ['bigint', 'number'], bigint: ['number'] },
}

/** The narrowest type that accepts these texts and all that the given type accepts. */
export function widerType(type: MadeType, texts: string[], { isKey, typing }: Inference): MadeType {
  const wider = WIDER[typing][type]?.find((one) => texts.every((text) => takes(one, typing, text)))
  return wider === undefined || (isKey && !keepsKeys(wider, typing)) ? 'text' : wider
}

/** The type of a column of a table that was made, and how its database types columns. */
export function madeTypeOf({
  type,
  made,
}: Pick<ColumnInfo, 'type' | 'made'>): { type: MadeType; typing: Typing } | undefined {
  if (made !== undefined) return { type: made, typing: 'exact' }
  if (type === 'blob' || type === 'any') return undefined
  return { type, typing: 'loose' }
}
