import type { Attempt } from '../../../../domain/records/record.ts'
import type { RecordFlag } from '../scan/record-flag.ts'
import type { RecordWindow } from './record-window.ts'
import type { RecordText, Unquoted } from './record-text.ts'

/** The position of a record in the source. */
export type RecordPlace = {
  /** Record number from 1; a header counts too. */
  record: number
  /** The physical line of its start, from 1. */
  line: number
  /** Byte offset of its start. */
  offset: number
  /** Byte offset after the record and its line end. */
  end: number
  /** The physical line at `end`. */
  nextLine: number
}

/** What the scanner learns while it looks for the end of a record. */
type Findings = {
  /** Indexes of the text in the window, without the line end. */
  from: number
  to: number
  flag?: RecordFlag | undefined
  unquoted?: Unquoted | undefined
  /** Raw bytes, if the window does not hold them. */
  raw?: string | undefined
}

/**
 * A record of delimited text. Thousands wait to be written, so it holds only its position in a
 * window and is parsed on demand.
 */
export class DelimitedRecord implements RecordPlace {
  readonly record: number
  readonly line: number
  readonly offset: number
  readonly end: number
  readonly nextLine: number
  attempt: Attempt = 'first'
  readonly #window: RecordWindow
  readonly #from: number
  readonly #to: number
  readonly #flag: RecordFlag | undefined
  readonly #unquoted: Unquoted | undefined
  readonly #raw: string | undefined

  constructor(place: RecordPlace, window: RecordWindow, findings: Findings) {
    this.record = place.record
    this.line = place.line
    this.offset = place.offset
    this.end = place.end
    this.nextLine = place.nextLine
    this.#window = window
    this.#from = findings.from
    this.#to = findings.to
    this.#flag = findings.flag
    this.#unquoted = findings.unquoted
    this.#raw = findings.raw
  }

  /** Length in bytes, with the line end. */
  get bytes(): number {
    return this.end - this.offset
  }

  /** Parses the record at each call; the result is not cached. */
  read(): RecordText {
    return this.#flag === undefined
      ? this.#window.read(this.#from, this.#to, this.#unquoted)
      : { flag: this.#flag, fields: [] }
  }

  /**
   * Raw bytes without the line end, one character per byte; only the first ones of a record that is
   * too long.
   */
  get raw(): string {
    return this.#raw ?? this.#window.text.slice(this.#from, this.#to)
  }
}
