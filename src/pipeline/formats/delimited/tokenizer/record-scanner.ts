import type { TextPosition } from '../../../../domain/jobs/checkpoint.ts'
import { RAW_BYTES_OF_TOO_LONG } from '../../limits.ts'
import { DelimitedRecord } from './delimited-record.ts'
import type { RecordFlag } from '../scan/record-flag.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { NONE } from '../scan/field-reader.ts'
import { WindowScanner, type ScanOptions } from './window-scanner.ts'
import type { Unquoted } from './record-text.ts'

/** The end-of-file character of CP/M and MS-DOS, Ctrl-Z. */
const END_MARK = '\x1a'

/** A savepoint: the scanner can go back to it until the next `scan`. */
export type Mark = TextPosition & { byte: number; empty: number; tooLong: string | undefined }

/** What is known of a record before it is parsed. */
type Known = { flag?: RecordFlag; unquoted?: Unquoted; raw?: string }

/** Finds the records in a sequence of windows. */
export class RecordScanner extends WindowScanner {
  /** Lines so far that are empty or hold only delimiters. */
  empty = 0
  #offset: number
  #line: number
  #record: number

  /** The first bytes of an oversized record whose end is not found yet. */
  #tooLong: string | undefined

  constructor(dialect: Dialect, options: ScanOptions) {
    super(dialect, options)
    this.#offset = options.offset
    this.#line = options.line
    this.#record = options.record
  }

  get position(): TextPosition {
    return { offset: this.#offset, line: this.#line, record: this.#record }
  }

  get mark(): Mark {
    const byte = this.held.base + this.usedBytes
    return { ...this.position, byte, empty: this.empty, tooLong: this.#tooLong }
  }

  /** Goes back to a savepoint and finds the same records again. */
  back({ offset, line, record, byte, empty, tooLong }: Mark): void {
    this.#offset = offset
    this.#line = line
    this.#record = record
    this.empty = empty
    this.#tooLong = tooLong
    this.held.moveTo(byte)
    this.load()
  }

  /** The next record; undefined if the buffered bytes hold no complete one. */
  next(): DelimitedRecord | undefined {
    let record = this.#nextInWindow()
    while (record === undefined && this.held.advance(this.usedBytes)) {
      this.load()
      record = this.#nextInWindow()
    }
    return record
  }

  #nextInWindow(): DelimitedRecord | undefined {
    if (this.#tooLong !== undefined) return this.#skipTooLong(this.#tooLong)

    const reader = this.reader
    while (this.at < this.text.length) {
      const at = this.at
      reader.seek(at)
      const lineEnd = reader.lineEnd
      if (lineEnd - at > this.most) {
        return lineEnd !== NONE || this.#holdsTooMuch() ? this.#startTooLong() : undefined
      }
      const after = reader.afterLineEnd(lineEnd)
      if (after === NONE) return undefined

      if (!this.#isNoRecord(lineEnd, after)) {
        return reader.quote < lineEnd
          ? this.#quoted(lineEnd, after)
          : this.#emit(lineEnd, after, after > lineEnd ? 1 : 0)
      }
      this.#moveTo(after, after > lineEnd ? 1 : 0)
    }
    return undefined
  }

  /** True for an empty line, a comment, or the end-of-file character of CP/M and MS-DOS. */
  #isNoRecord(lineEnd: number, after: number): boolean {
    const at = this.at
    const { comment } = this.setup
    const isEmpty =
      this.reader.isBlank(at, lineEnd) ||
      (comment !== undefined && this.text.startsWith(comment, at))
    if (isEmpty) this.empty++
    return isEmpty || (after === this.text.length && this.#isEndMark(lineEnd))
  }

  #isEndMark(lineEnd: number): boolean {
    const line = this.text.slice(this.at, lineEnd)
    return this.held.isLast && line.replaceAll(END_MARK, '') === ''
  }

  #quoted(lineEnd: number, after: number): DelimitedRecord | undefined {
    const reader = this.reader
    const at = this.at
    const found = reader.quoted(at)
    const within = found.end - at <= this.most
    if (found.flag === undefined && within) {
      const oneLine = found.end === lineEnd && after > lineEnd
      const lines = oneLine ? 1 : reader.linesIn(at, found.after)
      return this.#emit(found.end, found.after, lines, { unquoted: found })
    }

    reader.back()
    if (found.flag === 'more' && !this.#holdsTooMuch()) return undefined

    // A record that does not end within the limit counts as an open quote, however it ends: bytes
    // beyond the limit must not matter, because another window might not hold them.
    const flag = within && found.flag !== 'more' ? found.flag : undefined
    const lines = after > lineEnd ? 1 : 0
    return this.#emit(lineEnd, after, lines, { flag: flag ?? 'unterminated_quote' })
  }

  /** Whether an unfinished record is already longer than the limit. */
  #holdsTooMuch(): boolean {
    return this.text.length - this.at > this.most + this.reader.lookahead
  }

  #startTooLong(): DelimitedRecord | undefined {
    const length = Math.min(Math.floor(RAW_BYTES_OF_TOO_LONG / this.setup.unit), this.most)
    this.#tooLong = this.rawOf(this.at, this.at + length)
    return this.#skipTooLong(this.#tooLong)
  }

  /** Looks for the line end in this window and the next ones, without buffering the record. */
  #skipTooLong(raw: string): DelimitedRecord | undefined {
    this.reader.seek(this.at)
    const lineEnd = this.reader.lineEnd
    const after = lineEnd === NONE ? NONE : this.reader.afterLineEnd(lineEnd)
    if (after === NONE) {
      const shown = this.text.length - this.reader.overlap
      this.at = Math.max(this.at, Math.min(lineEnd, shown))
      return undefined
    }
    this.#tooLong = undefined
    return this.#emit(lineEnd, after, after > lineEnd ? 1 : 0, { flag: 'too_long', raw })
  }

  #emit(
    to: number,
    after: number,
    lines: number,
    { flag, raw = this.setup.hasBytes ? undefined : this.rawOf(this.at, to), unquoted }: Known = {},
  ): DelimitedRecord {
    const from = this.at
    const line = this.#line
    const offset = this.#offset
    this.#record++
    this.#moveTo(after, lines)
    const place = { record: this.#record, line, offset, end: this.#offset, nextLine: this.#line }
    if (this.nul < from) this.nul = orNone(this.text.indexOf('\0', from))
    const findings = { from, to, flag: flag ?? (this.nul < to ? 'nul' : undefined), unquoted, raw }
    return new DelimitedRecord(place, this.window, findings)
  }

  #moveTo(after: number, lines: number): void {
    this.at = after
    this.#line += lines
    this.#offset = this.held.base + this.usedBytes
  }
}

function orNone(index: number): number {
  return index === -1 ? NONE : index
}
