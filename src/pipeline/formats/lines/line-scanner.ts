import { isAscii, isUtf8 } from 'node:buffer'
import type { TextPosition } from '../../../domain/jobs/checkpoint.ts'
import { ByteBuffer } from '../../source/byte-buffer.ts'
import type { ByteReader } from '../../source/windows.ts'
import { MAX_RECORD_BYTES, RAW_BYTES_OF_TOO_LONG } from '../limits.ts'
import type { RecordReader } from '../source-reader.ts'
import { LineRecord, type LineFlag, type ParseLine } from './line-record.ts'

const LF = 0x0a
const CR = 0x0d
const BLANK = /^[ \t\r]*$/

export type LineOptions = {
  /** Minimum number of bytes to buffer before records are scanned. */
  blockBytes?: number
  maxRecordBytes?: number
}

/** A savepoint: the scanner can go back to it until the next `scan`. */
type LineMark = TextPosition & {
  empty: number
  at: number
  tooLong: string | undefined
  passed: number
}

/**
 * Finds records that are lines in a stream of chunks. Lines end with LF or CR LF, and blank ones
 * are not records. An oversized line is skipped without buffering it.
 */
export class LineScanner implements ByteReader, RecordReader {
  /** Number of blank lines so far. */
  empty = 0
  readonly #parse: ParseLine
  readonly #blockBytes: number
  readonly #maxBytes: number
  readonly #held: ByteBuffer
  #isFinal = false
  /** Number of bytes buffered at the last `scan`, and the cursor in them. */
  #seen = 0
  #at = 0
  #offset: number
  #line: number
  #record: number
  /** The first bytes of an oversized line whose end is not found yet. */
  #tooLong: string | undefined
  /** Number of its bytes that are already dropped. */
  #passed = 0

  constructor(
    { offset, line, record }: TextPosition,
    parse: ParseLine,
    { blockBytes = 0, maxRecordBytes = MAX_RECORD_BYTES }: LineOptions = {},
  ) {
    this.#offset = offset
    this.#line = line
    this.#record = record
    this.#parse = parse
    this.#blockBytes = blockBytes
    this.#held = new ByteBuffer(blockBytes)
    this.#maxBytes = maxRecordBytes
  }

  get position(): TextPosition {
    return { offset: this.#offset, line: this.#line, record: this.#record }
  }

  get mark(): LineMark {
    const [at, tooLong, passed] = [this.#at, this.#tooLong, this.#passed]
    return { ...this.position, empty: this.empty, at, tooLong, passed }
  }

  back({ offset, line, record, empty, at, tooLong, passed }: LineMark): void {
    this.#offset = offset
    this.#line = line
    this.#record = record
    this.empty = empty
    this.#at = at
    this.#tooLong = tooLong
    this.#passed = passed
  }

  /** An unfinished line is rescanned with twice the bytes, so that it costs only a few scans. */
  get shouldScan(): boolean {
    const carried = this.#seen - this.#at
    const wanted = Math.min(carried, this.#maxBytes - carried)
    return this.#held.length - this.#seen >= Math.max(wanted, this.#blockBytes)
  }

  append(bytes: Buffer): void {
    this.#held.append(bytes)
  }

  end(): void {
    this.#isFinal = true
  }

  scan(): void {
    this.#held.drop(this.#at)
    this.#at = 0
    this.#seen = this.#held.length
  }

  next(): LineRecord | undefined {
    for (;;) {
      if (this.#tooLong !== undefined) return this.#passOver(this.#tooLong)
      const { bytes } = this.#held
      const lineEnd = bytes.indexOf(LF, this.#at)
      const end = lineEnd === -1 && this.#isFinal ? bytes.length : lineEnd
      if (end === -1 || this.#at === bytes.length) return this.#unended(bytes)
      if (end - this.#at > this.#maxBytes) return this.#passOver(this.#beginning(bytes))

      const to = end > this.#at && bytes[end - 1] === CR ? end - 1 : end
      const raw = bytes.subarray(this.#at, to)
      if (raw.length > 0 && !isBlank(raw)) return this.#emit(end, lineEnd !== -1, ...textOf(raw))
      this.empty++
      this.#moveTo(end, lineEnd !== -1)
    }
  }

  /** The rest has no line end yet; it never waits for more than the longest record allowed. */
  #unended(bytes: Buffer): LineRecord | undefined {
    const isTooLong = bytes.length - this.#at > this.#maxBytes
    return isTooLong ? this.#passOver(this.#beginning(bytes)) : undefined
  }

  #beginning(bytes: Buffer): string {
    const length = Math.min(RAW_BYTES_OF_TOO_LONG, this.#maxBytes)
    this.#tooLong = bytes.toString('latin1', this.#at, this.#at + length)
    return this.#tooLong
  }

  /** Looks for the end of an oversized line and drops what comes before. */
  #passOver(raw: string): LineRecord | undefined {
    const { bytes } = this.#held
    const lineEnd = bytes.indexOf(LF, this.#at)
    const end = lineEnd === -1 && this.#isFinal ? bytes.length : lineEnd
    if (end === -1) {
      this.#passed += bytes.length - this.#at
      this.#at = bytes.length
      return undefined
    }
    this.#tooLong = undefined
    return this.#emit(end, lineEnd !== -1, raw, { flag: 'too_long' })
  }

  #emit(end: number, isEnded: boolean, raw: string, text: string | { flag: LineFlag }): LineRecord {
    const { offset, line } = this.position
    this.#moveTo(end, isEnded)
    this.#record++
    const bytes = this.#offset - offset
    return new LineRecord({ record: this.#record, line, offset, bytes, raw, text }, this.#parse)
  }

  /** Moves the cursor past the line, and past its line end if there is one. */
  #moveTo(end: number, isEnded: boolean): void {
    const at = isEnded ? end + 1 : end
    this.#offset += this.#passed + at - this.#at
    this.#passed = 0
    this.#at = at
    if (isEnded) this.#line++
  }
}

function isBlank(raw: Buffer): boolean {
  const [first = 0] = raw
  return first <= 0x20 && BLANK.test(raw.toString('latin1'))
}

/** The raw bytes, one character each, and the decoded text or why it is invalid. */
function textOf(raw: Buffer): [raw: string, text: string | { flag: LineFlag }] {
  const bytes = raw.toString('latin1')
  if (raw.includes(0)) return [bytes, { flag: 'nul' }]
  if (isAscii(raw)) return [bytes, bytes]
  return [bytes, isUtf8(raw) ? raw.toString('utf8') : { flag: 'encoding' }]
}
