import type { ListedReject } from '../domain/reject.ts'
import type { Encoding } from './dialect/encoding-names.ts'
import type { GivenDialect } from './dialect/dialect.ts'
import { spansOf } from './dialect/general-spans.ts'
import { asScanned } from './dialect/scan-text.ts'
import { findDamage, type Damage } from './damage.ts'
import type { FieldSpans, Span } from './field-spans.ts'
import { boundaryFrom, passage, type Stretch } from './passage.ts'
import { bytesOf, isBoundary, readable, unitsOf, type Piece } from './readable.ts'
import type { SourceColumn } from './source-columns.ts'

const MAX_COLUMNS = 200
/** A record may be made of millions; nobody looks at so many. */
const MAX_FIELDS = 10_000
const MAX_VALUE_UNITS = 500

/**
 * `missing` where the record ends before the column, `unread` where it is damaged before it, `beyond`
 * where it does not end in what is at hand.
 */
export type InspectedValue =
  { pieces: Piece[]; /** Bytes. */ leftOut: number } | 'missing' | 'unread' | 'beyond'

export type InspectedColumn<Message> = {
  /** Its place, from 1. */
  number: number
  /** Undefined for one that the source's header does not know. */
  column: SourceColumn | undefined
  value: InspectedValue
  /** What is said against it. */
  messages: Message[]
}

/** A rejected record, taken apart as far as it can be. */
export type InspectedRecord<Message> = {
  columns: InspectedColumn<Message>[]
  /** Columns that are not among them, since they are so many. */
  leftOut: number
  /** What is said against the record and no column of it. */
  messages: Message[]
  /** The record as it stands in the source, with the damaged places marked. */
  passage: Stretch[]
}

/**
 * Takes a record apart by the rules by which it was read.
 * @param messages all that is said against it
 * @param rest bytes of it that follow and are not at hand
 */
export function inspectRecord<Message extends Pick<ListedReject, 'code' | 'field'>>(
  raw: Buffer,
  messages: Message[],
  columns: SourceColumn[],
  dialect: GivenDialect,
  rest = 0,
): InspectedRecord<Message> {
  const { encoding } = dialect
  const all = unitsOf(raw, encoding)
  const units = rest > 0 ? withoutLast(all, encoding) : all
  const asFound = asScanned(dialect.delimiter, encoding) ?? dialect.delimiter
  const spans = spansOf(units, dialect, Math.max(MAX_FIELDS, columns.length + 1))
  const found = rest > 0 ? wholeOf(spans, units.length) : spans
  const damages = messages.map((message) =>
    findDamage(message, { units, encoding, delimiter: asFound, found, columns, rest }),
  )
  const columnOf = new Map(messages.map((message, at) => [message, damages[at]?.column]))
  const { shown, leftOut } = chooseColumns(
    Math.max(columns.length, found.spans.length),
    new Set(columnOf.values()),
  )
  return {
    columns: shown.map((index) => ({
      number: index + 1,
      column: columns[index],
      value: valueOf(units, index, found, encoding) ?? (rest > 0 ? 'beyond' : 'missing'),
      messages: messages.filter((message) => columnOf.get(message) === index),
    })),
    leftOut,
    messages: messages.filter((message) => columnOf.get(message) === undefined),
    passage: [
      ...passage(units, marksOf(damages), encoding),
      ...(rest > 0 ? [{ leftOut: rest + bytesOf(all.length - units.length, encoding) }] : []),
    ],
  }
}

/** Without the last character, of which a part may be cut off. */
function withoutLast(units: string, encoding: Encoding): string {
  let end = units.length - 1
  while (end > 0 && !isBoundary(units, end, encoding)) end--
  return units.slice(0, end)
}

/** A field that reaches up to where the text is cut is not all of it. */
function wholeOf(found: FieldSpans, length: number): FieldSpans {
  const { spans } = found
  return spans.at(-1)?.to === length
    ? { ...found, spans: spans.slice(0, -1), damage: undefined }
    : found
}

/** The first ones, and of the others those that something is said against. */
function chooseColumns(length: number, blamed: Set<number | undefined>) {
  const all = Array.from({ length }, (_, index) => index)
  const shown = all.filter((index) => index < MAX_COLUMNS || blamed.has(index))
  return { shown, leftOut: length - shown.length }
}

function valueOf(
  units: string,
  index: number,
  { spans, values, damage }: FieldSpans,
  encoding: Encoding,
): InspectedValue | undefined {
  const span = spans[index]
  if (span === undefined) return damage === undefined ? undefined : 'unread'
  const isDamaged = damage !== undefined && index === spans.length - 1
  const written = units.slice(span.from, span.to)
  const value = isDamaged ? written : (values?.[index] ?? unquoted(written))
  if (value.length <= MAX_VALUE_UNITS) return { pieces: readable(value, encoding), leftOut: 0 }
  const end = boundaryFrom(value, MAX_VALUE_UNITS, encoding)
  return {
    pieces: readable(value.slice(0, end), encoding),
    leftOut: bytesOf(value.length - end, encoding),
  }
}

function unquoted(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
}

/** In the order of the text. Of two that begin at the same place or cross, the first stays. */
function marksOf(damages: Damage[]): Span[] {
  let end = -1
  return damages
    .flatMap((damage) => damage.span ?? [])
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .filter(({ from, to }) => {
      const isBehind = from >= end && !(from === end && to === end)
      if (isBehind) end = to
      return isBehind
    })
}
