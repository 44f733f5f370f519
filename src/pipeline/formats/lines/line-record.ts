import type { Attempt } from '../../../domain/records/record.ts'
import type { RecordReading, SourceRecord } from '../source-reader.ts'

/** Parses a line, which is valid UTF-8 and not empty. */
export type ParseLine = (text: string) => RecordReading

/** Why a line cannot be read, whatever its format. */
export type LineFlag = 'too_long' | 'encoding' | 'nul'

type Line = {
  record: number
  line: number
  offset: number
  bytes: number
  /**
   * Raw bytes without the line end, one character per byte; only the first ones of an oversized
   * line.
   */
  raw: string
  /** The decoded text, or why it is invalid. */
  text: string | { flag: LineFlag }
}

/** A record that is one line of its source. */
export class LineRecord implements SourceRecord {
  readonly record: number
  readonly line: number
  readonly offset: number
  readonly bytes: number
  readonly raw: string
  attempt: Attempt = 'first'
  readonly #text: Line['text']
  readonly #parse: ParseLine

  constructor(line: Line, parse: ParseLine) {
    this.record = line.record
    this.line = line.line
    this.offset = line.offset
    this.bytes = line.bytes
    this.raw = line.raw
    this.#text = line.text
    this.#parse = parse
  }

  read(): RecordReading {
    return typeof this.#text === 'string'
      ? this.#parse(this.#text)
      : { flag: this.#text.flag, fields: [] }
  }
}
