import type { ListedReject } from '../../../domain/records/reject.ts'
import type { Span } from './span.ts'
import type { ErrorLocation, OpenedRecord, OpenedValue, SourceColumn } from './opened-record.ts'
import { excerpt, type Segment } from './excerpt.ts'
import { encodedBytesOf } from '../../encodings/decode.ts'

const MAX_COLUMNS = 200
const MAX_VALUE_UNITS = 500

export type InspectedColumn<Message> = {
  /** Column number, from 1. */
  number: number
  /** Undefined if the header has no such column. */
  column: SourceColumn | undefined
  value: OpenedValue
  /** Messages about this column. */
  messages: Message[]
}

/** A rejected record, parsed as far as possible. */
export type InspectedRecord<Message> = {
  columns: InspectedColumn<Message>[]
  /** Number of columns beyond the limit. */
  leftOut: number
  /** Messages about the whole record. */
  messages: Message[]
  /** The text of the record in the source, with the damaged spans marked. */
  passage: Segment[]
}

/**
 * Prepares a parsed record for display.
 * @param messages all messages about it
 */
export function inspectRecord<Message extends Pick<ListedReject, 'code' | 'field'>>(
  record: OpenedRecord,
  messages: Message[],
): InspectedRecord<Message> {
  const { units, encoding, width, columns, rest, cutUnits } = record
  const damages = messages.map((message) => record.locate(message))
  const columnOf = new Map(messages.map((message, at) => [message, damages[at]?.column]))
  const { shown, leftOut } = chooseColumns(
    Math.max(columns.length, width),
    new Set(columnOf.values()),
  )
  return {
    columns: shown.map((index) => ({
      number: index + 1,
      column: columns[index],
      value: record.valueAt(index, MAX_VALUE_UNITS),
      messages: messages.filter((message) => columnOf.get(message) === index),
    })),
    leftOut,
    messages: messages.filter((message) => columnOf.get(message) === undefined),
    passage: [
      ...excerpt(units, marksOf(damages), encoding),
      ...(rest > 0 ? [{ leftOut: rest + encodedBytesOf(cutUnits, encoding) }] : []),
    ],
  }
}

/** The first columns, and all others with a message. */
function chooseColumns(length: number, blamed: Set<number | undefined>) {
  const all = Array.from({ length }, (_, index) => index)
  const shown = all.filter((index) => index < MAX_COLUMNS || blamed.has(index))
  return { shown, leftOut: length - shown.length }
}

/** Sorted by position. If two start at the same index or overlap, the first stays. */
function marksOf(damages: ErrorLocation[]): Span[] {
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
