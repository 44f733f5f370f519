import { isAscii } from 'node:buffer'
import type { Position } from '../domain/checkpoint.ts'
import { DelimitedRecord, type Unquoted } from './delimited-record.ts'
import type { DelimitedOptions, RecordFlag } from './delimited.ts'
import { decoderFor, encodeCharacter, type Encoding } from './encoding.ts'
import { FieldReader, NONE } from './field-reader.ts'
import { HeldWindow } from './held-window.ts'
import { RecordWindow, type Fields } from './record-window.ts'
import { linesIn, textOfWindow, wellFormed } from './window-text.ts'

const RAW_BYTES_OF_TOO_LONG = 64 * 1024

/** A place to which a scanner can go back until the next look. */
export type Mark = Position & { byte: number; empty: number; tooLong: string | undefined }

/** A larger window is slower: memory for its text would be asked of the system each time. */
const WINDOW_BYTES = 64 * 1024

/** What is known of a record before it is read. */
type Known = { flag?: RecordFlag; unquoted?: Unquoted; raw?: string }

/**
 * Finds the records in one window after another. A window is looked at as Latin-1, so that an index
 * in the string is a byte; UTF-16 is looked at as itself, two bytes an index.
 */
export class RecordScanner {
  /** Lines so far that are empty, or nothing but delimiters. */
  empty = 0
  #offset: number
  #line: number
  #record: number

  readonly #encoding: Encoding
  readonly #unit: 1 | 2
  readonly #maxBytes: number
  readonly #blockBytes: number
  readonly #max: number
  readonly #fields: Fields
  readonly #reader: FieldReader

  readonly #held: HeldWindow
  #window: RecordWindow
  #text = ''
  #at = 0
  #nul = -1
  /** The first bytes of a record that is too long, while its end is looked for. */
  #tooLong: string | undefined

  constructor(options: DelimitedOptions & { quote: string; maxRecordBytes: number }) {
    const { encoding, delimiter, quote } = options
    this.#offset = options.offset
    this.#line = options.line
    this.#record = options.record
    this.#encoding = encoding
    this.#unit = encoding.startsWith('utf-16') ? 2 : 1
    this.#maxBytes = options.maxRecordBytes
    const { windowBytes = WINDOW_BYTES, blockBytes = 0, columns } = options
    this.#blockBytes = blockBytes
    const usualLength = Math.max(this.#unit, windowBytes - (windowBytes % this.#unit))
    this.#held = new HeldWindow(options.offset, usualLength)
    this.#max = Math.floor(options.maxRecordBytes / this.#unit)
    const asFound = this.#unit === 2 ? delimiter : encodeCharacter(delimiter, encoding)
    if (asFound === undefined || ['\r', '\n', quote].includes(delimiter)) {
      throw new RangeError(`${JSON.stringify(delimiter)} cannot be a delimiter in ${encoding}.`)
    }
    this.#reader = new FieldReader(asFound, quote)
    this.#fields =
      this.#unit === 2
        ? { delimiter: asFound, columns, doubtful: /[\ud800-\udfff]/, decode: wellFormed }
        : { delimiter: asFound, columns, doubtful: /[\x80-\xff]/, decode: decoderFor(encoding) }
    this.#window = new RecordWindow('', this.#fields, true)
  }

  get position(): Position {
    return { offset: this.#offset, line: this.#line, record: this.#record }
  }

  get mark(): Mark {
    const byte = this.#held.base + this.#usedBytes
    return { ...this.position, byte, empty: this.empty, tooLong: this.#tooLong }
  }

  /** Finds the same records once more. */
  back({ offset, line, record, byte, empty, tooLong }: Mark): void {
    this.#offset = offset
    this.#line = line
    this.#record = record
    this.empty = empty
    this.#tooLong = tooLong
    this.#held.moveTo(byte)
    this.#load()
  }

  /**
   * A record that did not end in the window is scanned again with at least twice the bytes: so a
   * long one costs a few scans and not one for each chunk. More than a record may have is not
   * waited for.
   */
  get isWorthALook(): boolean {
    const carried = this.#held.carriedBehind(this.#usedBytes)
    const wanted = Math.min(carried, this.#maxBytes - carried)
    return this.#held.news >= Math.max(wanted, this.#blockBytes)
  }

  /** Holds these bytes until the next look. They are copied: the caller may use them again. */
  append(bytes: Buffer): void {
    this.#held.append(bytes)
  }

  /** There is nothing behind what was appended. */
  end(): void {
    this.#held.end()
  }

  /** Goes on with what is left and what was appended since. */
  look(): void {
    this.#held.refresh(this.#usedBytes)
    this.#load()
  }

  /** The next record; undefined when there is no whole one any more in what is held. */
  next(): DelimitedRecord | undefined {
    let record = this.#nextInWindow()
    while (record === undefined && this.#held.advance(this.#usedBytes)) {
      this.#load()
      record = this.#nextInWindow()
    }
    return record
  }

  get #usedBytes(): number {
    return Math.min(this.#at * this.#unit, this.#held.length)
  }

  #load(): void {
    const { bytes, isLast } = this.#held
    this.#text = textOfWindow(bytes, this.#encoding, isLast)
    this.#window = new RecordWindow(this.#text, this.#fields, this.#unit === 1 && isAscii(bytes))
    this.#at = 0
    this.#nul = -1
    this.#reader.load(this.#text, isLast)
  }

  #nextInWindow(): DelimitedRecord | undefined {
    if (this.#tooLong !== undefined) return this.#skipTooLong(this.#tooLong)

    const reader = this.#reader
    while (this.#at < this.#text.length) {
      const at = this.#at
      reader.seek(at)
      const lineEnd = reader.lineEnd
      if (lineEnd - at > this.#max) {
        return lineEnd !== NONE || this.#holdsTooMuch() ? this.#startTooLong() : undefined
      }
      const after = reader.afterLineEnd(lineEnd)
      if (after === NONE) return undefined

      if (lineEnd > at && !this.#reader.isBlank(at, lineEnd)) {
        return reader.quote < lineEnd
          ? this.#quoted(lineEnd, after)
          : this.#emit(lineEnd, after, after > lineEnd ? 1 : 0)
      }
      this.empty++
      this.#moveTo(after, 1)
    }
    return undefined
  }

  #quoted(lineEnd: number, after: number): DelimitedRecord | undefined {
    const reader = this.#reader
    const at = this.#at
    const found = reader.quoted(at)
    const within = found.end - at <= this.#max
    if (found.flag === undefined && within) {
      const oneLine = found.end === lineEnd && after > lineEnd
      const lines = oneLine ? 1 : linesIn(this.#text, at, found.after)
      return this.#emit(found.end, found.after, lines, { unquoted: found })
    }

    reader.back()
    if (found.flag === 'more' && !this.#holdsTooMuch()) return undefined

    // A record that does not end within the limit is taken for an open quote, however it would have
    // ended: what lies behind the limit must not matter, for another window might not show it.
    const flag = within && found.flag !== 'more' ? found.flag : undefined
    const lines = after > lineEnd ? 1 : 0
    return this.#emit(lineEnd, after, lines, { flag: flag ?? 'unterminated_quote' })
  }

  /** Whether a record that has not ended yet is longer than any may be. */
  #holdsTooMuch(): boolean {
    return this.#text.length - this.#at > this.#max + this.#reader.lookahead
  }

  #startTooLong(): DelimitedRecord | undefined {
    const length = Math.min(Math.floor(RAW_BYTES_OF_TOO_LONG / this.#unit), this.#max)
    this.#tooLong = this.#rawOf(this.#at, this.#at + length)
    return this.#skipTooLong(this.#tooLong)
  }

  /** Looks for its line end, in this window and the next ones, without holding anything of it. */
  #skipTooLong(raw: string): DelimitedRecord | undefined {
    this.#reader.seek(this.#at)
    const lineEnd = this.#reader.lineEnd
    const after = lineEnd === NONE ? NONE : this.#reader.afterLineEnd(lineEnd)
    if (after === NONE) {
      this.#at = Math.min(lineEnd, this.#text.length)
      return undefined
    }
    this.#tooLong = undefined
    return this.#emit(lineEnd, after, after > lineEnd ? 1 : 0, { flag: 'too_long', raw })
  }

  #emit(
    to: number,
    after: number,
    lines: number,
    { flag, raw = this.#unit === 1 ? undefined : this.#rawOf(this.#at, to), unquoted }: Known = {},
  ): DelimitedRecord {
    const from = this.#at
    const line = this.#line
    const offset = this.#offset
    this.#record++
    this.#moveTo(after, lines)
    const place = { record: this.#record, line, offset, end: this.#offset, nextLine: this.#line }
    if (this.#nul < from) this.#nul = orNone(this.#text.indexOf('\0', from))
    const findings = { from, to, flag: flag ?? (this.#nul < to ? 'nul' : undefined), unquoted, raw }
    return new DelimitedRecord(place, this.#window, findings)
  }

  #moveTo(after: number, lines: number): void {
    this.#at = after
    this.#line += lines
    this.#offset = this.#held.base + this.#usedBytes
  }

  #rawOf(from: number, to: number): string {
    return this.#unit === 1
      ? this.#text.slice(from, to)
      : this.#held.bytes.toString('latin1', 2 * from, 2 * to)
  }
}

function orNone(index: number): number {
  return index === -1 ? NONE : index
}
