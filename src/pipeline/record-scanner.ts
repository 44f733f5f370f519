import { isAscii } from 'node:buffer'
import type { DelimitedOptions, DelimitedRecord, RecordFlag } from './delimited.ts'
import { decoderFor, encodeCharacter, type Decoder, type Encoding } from './encoding.ts'
import { FieldReader, NONE } from './field-reader.ts'
import { HeldBytes } from './held-bytes.ts'
import { linesIn, textOfWindow, wellFormed } from './window-text.ts'

const RAW_BYTES_OF_TOO_LONG = 64 * 1024

/**
 * Finds the records in one window after another. A window is looked at as Latin-1, so that an index
 * in the string is a byte; UTF-16 is looked at as itself, two bytes an index. Only fields with
 * other than ASCII characters are decoded.
 */
export class RecordScanner {
  /** Empty lines so far. */
  empty = 0
  #offset: number
  #line: number
  #record: number

  readonly #encoding: Encoding
  readonly #unit: 1 | 2
  readonly #maxBytes: number
  readonly #max: number
  readonly #columns: number | undefined
  readonly #decode: Decoder
  /** Finds the next character that needs decoding or, in UTF-16, checking. */
  readonly #doubtful: RegExp
  readonly #reader: FieldReader

  readonly #held = new HeldBytes()
  /** How many of them are the window. */
  #windowBytes = 0
  #final = false
  #text = ''
  /** Byte offset of the window in the source. */
  #base: number
  #at = 0
  #nul = -1
  #doubt = -1
  /** The first bytes of a record that is too long, while its end is looked for. */
  #tooLong: string | undefined

  constructor(options: DelimitedOptions & { quote: string; maxRecordBytes: number }) {
    const { encoding, delimiter, quote } = options
    this.#offset = this.#base = options.offset
    this.#line = options.line
    this.#record = options.record
    this.#encoding = encoding
    this.#unit = encoding.startsWith('utf-16') ? 2 : 1
    this.#maxBytes = options.maxRecordBytes
    this.#max = Math.floor(options.maxRecordBytes / this.#unit)
    this.#columns = options.columns
    this.#decode = this.#unit === 2 ? wellFormed : decoderFor(encoding)
    this.#doubtful = this.#unit === 2 ? /[\ud800-\udfff]/g : /[\x80-\xff]/g
    const asFound = this.#unit === 2 ? delimiter : encodeCharacter(delimiter, encoding)
    if (asFound === undefined || ['\r', '\n', quote].includes(delimiter)) {
      throw new RangeError(`${JSON.stringify(delimiter)} cannot be a delimiter in ${encoding}.`)
    }
    this.#reader = new FieldReader(asFound, quote)
  }

  get position() {
    return { offset: this.#offset, line: this.#line, record: this.#record }
  }

  /**
   * A record that did not end in the window is scanned again with at least twice the bytes: so a
   * long one costs a few scans and not one for each chunk. More than a record may have is not
   * waited for.
   */
  get isWorthALook(): boolean {
    const carried = this.#windowBytes - this.#usedBytes
    const wanted = Math.min(carried, this.#maxBytes - carried)
    return this.#held.length - this.#windowBytes >= wanted
  }

  /** Holds these bytes until the next look. They are copied: the caller may use them again. */
  append(bytes: Buffer): void {
    this.#held.append(bytes)
  }

  /** There is nothing behind what was appended. */
  end(): void {
    this.#final = true
  }

  /** Goes on with what is left of the last window and what was appended since. */
  look(): void {
    const used = this.#usedBytes
    this.#base += used
    this.#held.drop(used)
    this.#windowBytes = this.#held.length
    const bytes = this.#held.bytes
    this.#text = textOfWindow(bytes, this.#encoding, this.#final)
    this.#at = 0
    this.#nul = -1
    this.#doubt = this.#unit === 1 && isAscii(bytes) ? NONE : -1
    this.#reader.load(this.#text, this.#final)
  }

  get #usedBytes(): number {
    return Math.min(this.#at * this.#unit, this.#windowBytes)
  }

  /** The next record; undefined when the window does not hold a whole one any more. */
  next(): DelimitedRecord | undefined {
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

      if (lineEnd > at) {
        return reader.quote < lineEnd
          ? this.#quoted(lineEnd, after)
          : this.#emit(lineEnd, after, reader.plain(at, lineEnd), after > lineEnd ? 1 : 0)
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
      return this.#emit(found.end, found.after, found.fields, lines)
    }

    reader.back()
    if (found.flag === 'more' && !this.#holdsTooMuch()) return undefined

    // A record that does not end within the limit is taken for an open quote, however it would have
    // ended: what lies behind the limit must not matter, for another window might not show it.
    const flag = within && found.flag !== 'more' ? found.flag : undefined
    return this.#emitFlagged(lineEnd, after, flag ?? 'unterminated_quote')
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
    const record = this.#emitFlagged(lineEnd, after, 'too_long')
    record.raw = raw
    record.rawTruncated = true
    return record
  }

  #emitFlagged(end: number, after: number, flag: RecordFlag): DelimitedRecord {
    const record = this.#emit(end, after, [], after > end ? 1 : 0)
    record.flag = flag
    return record
  }

  #emit(end: number, after: number, fields: string[], lines: number): DelimitedRecord {
    const at = this.#at
    const { position } = this
    const raw = this.#rawOf(at, end)
    this.#record++
    this.#moveTo(after, lines)
    const record: DelimitedRecord = {
      record: this.#record,
      line: position.line,
      offset: position.offset,
      end: this.#offset,
      nextLine: this.#line,
      fields,
      raw,
    }
    const flag = this.#check(at, end, record)
    if (flag !== undefined) record.flag = flag
    if (flag !== undefined && flag !== 'columns') record.fields = []
    return record
  }

  /** Decodes its fields, where they need it. */
  #check(at: number, end: number, record: DelimitedRecord): RecordFlag | undefined {
    if (this.#nul < at) this.#nul = orNone(this.#text.indexOf('\0', at))
    if (this.#nul < end) return 'nul'

    if (this.#doubt < at) this.#doubt = this.#findDoubt(this.#text, at)
    if (this.#doubt < end && !this.#decodeAll(record.fields)) return 'encoding'

    const { length } = record.fields
    return this.#columns !== undefined && this.#columns !== length ? 'columns' : undefined
  }

  #decodeAll(fields: string[]): boolean {
    for (const [index, field] of fields.entries()) {
      if (this.#findDoubt(field, 0) !== NONE) {
        const text = this.#decode(field)
        if (text === undefined) return false
        fields[index] = text
      }
    }
    return true
  }

  #findDoubt(text: string, from: number): number {
    this.#doubtful.lastIndex = from
    return this.#doubtful.test(text) ? this.#doubtful.lastIndex - 1 : NONE
  }

  #moveTo(after: number, lines: number): void {
    this.#at = after
    this.#line += lines
    this.#offset = this.#base + Math.min(after * this.#unit, this.#windowBytes)
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
