import type { Attempt } from '../../../domain/records/record.ts'
import type { RecordReading, SourceRecord } from '../source-reader.ts'

/** What a line says, which is text in UTF-8 and not empty. */
export type ParseLine = (text: string) => RecordReading

/** Why a line can't be read, whatever it should say. */
export type LineFlag = 'too_long' | 'encoding' | 'nul'

type Line = {
  record: number
  line: number
  offset: number
  bytes: number
  /** Its bytes without the line end, one character a byte; of one that is too long, the first ones. */
  raw: string
  /** The same as text, or why it is none. */
  text: string | { flag: LineFlag }
}

/** A record that is a line of its source. */
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
