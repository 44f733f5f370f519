import type { Span } from '../../inspection/span.ts'
import type { RecordFlag } from './record-flag.ts'

const QUOTE = '"'

export type FieldSpans = {
  /** Each field as it is written, with its quotes. There are none after a damaged one. */
  spans: Span[]
  /** The parsed values, if parsing takes more than removing the quotes. */
  values?: string[] | undefined
  /** The error in the last field, and its place. */
  damage: { flag: RecordFlag; span: Span } | undefined
}

/**
 * Finds the spans of the fields of one record in its text. The tokenizer reads millions of records
 * and keeps no spans; this is for the one that a user inspects, and gives the same result.
 * @param limit maximum number of fields to find, since there may be millions
 */
export function fieldSpans(text: string, delimiter: string, limit = Infinity): FieldSpans {
  const spans: Span[] = []
  let from = 0
  for (;;) {
    const field = fieldAt(text, from, delimiter)
    spans.push({ from, to: field.to })
    if (field.damage !== undefined || field.to === text.length || spans.length >= limit) {
      return { spans, damage: field.damage }
    }
    from = field.to + delimiter.length
  }
}

type Field = { to: number; damage?: FieldSpans['damage'] }

function fieldAt(text: string, from: number, delimiter: string): Field {
  if (text.startsWith(QUOTE, from)) return quotedField(text, from, delimiter)
  const to = orEnd(text, text.indexOf(delimiter, from))
  const quote = text.slice(from, to).indexOf(QUOTE)
  if (quote === -1) return { to }
  return { to, damage: { flag: 'bare_quote', span: at(from + quote) } }
}

function quotedField(text: string, from: number, delimiter: string): Field {
  const close = closingQuote(text, from + 1)
  if (close === -1) {
    return { to: text.length, damage: { flag: 'unterminated_quote', span: at(from) } }
  }
  const end = close + 1
  if (end === text.length || text.startsWith(delimiter, end)) return { to: end }
  const to = orEnd(text, text.indexOf(delimiter, end))
  return { to, damage: { flag: 'text_after_quote', span: { from: end, to } } }
}

function closingQuote(text: string, from: number): number {
  let close = text.indexOf(QUOTE, from)
  while (close !== -1 && text.startsWith(QUOTE, close + 1)) close = text.indexOf(QUOTE, close + 2)
  return close
}

function at(index: number): Span {
  return { from: index, to: index + 1 }
}

function orEnd(text: string, index: number): number {
  return index === -1 ? text.length : index
}
