import { isAscii } from 'node:buffer'
import type { Dialect } from '../dialect/dialect.ts'
import { scanSetup, type ScanSetup } from './scan-setup.ts'
import { SlidingWindow } from '../../../source/sliding-window.ts'
import { RecordWindow } from './record-window.ts'
import { textOfWindow } from '../scan/window-text.ts'

/** A larger window is slower: memory for its text is then requested from the system each time. */
const WINDOW_BYTES = 64 * 1024

export type ScanOptions = DelimitedOptions & { maxRecordBytes: number }

/**
 * The buffered bytes of a source and the text of the current window. The text has one character per
 * byte, so an index is a byte offset; UTF-16 stays as it is, two bytes per index.
 */
export class WindowScanner {
  protected readonly setup: ScanSetup
  protected readonly reader: ScanSetup['reader']
  protected readonly held: SlidingWindow
  /** Maximum length of a record, in characters of the text. */
  protected readonly most: number
  protected window: RecordWindow
  protected text = ''
  /** The cursor in the text. */
  protected at = 0
  protected nul = -1
  readonly #encoding: Dialect['encoding']
  readonly #maxBytes: number
  readonly #blockBytes: number

  constructor(dialect: Dialect, options: ScanOptions) {
    const { offset, maxRecordBytes, windowBytes = WINDOW_BYTES, blockBytes = 0 } = options
    this.setup = scanSetup(dialect, options.columns)
    this.reader = this.setup.reader
    const { unit, fields } = this.setup
    const length = Math.max(unit, windowBytes - (windowBytes % unit))
    this.held = new SlidingWindow(offset, length, blockBytes)
    this.most = Math.floor(maxRecordBytes / unit)
    this.window = new RecordWindow('', fields, true)
    this.#encoding = dialect.encoding
    this.#maxBytes = maxRecordBytes
    this.#blockBytes = blockBytes
  }

  /**
   * Whether enough bytes are buffered for another scan. A record that does not end in the window is
   * rescanned with at least twice the bytes, so a long one costs a few scans and not one per chunk.
   * It never waits for more than the longest record allowed.
   */
  get shouldScan(): boolean {
    const carried = this.held.carriedBytes(this.usedBytes)
    const wanted = Math.min(carried, this.#maxBytes - carried)
    return this.held.unscannedBytes >= Math.max(wanted, this.#blockBytes)
  }

  /** Buffers the bytes until the next `scan`. It copies them: the caller may reuse them. */
  append(bytes: Buffer): void {
    this.held.append(bytes)
  }

  /** Marks the end of the source. */
  end(): void {
    this.held.end()
  }

  /** Moves the window on to the unread bytes and those appended since. */
  scan(): void {
    this.held.refresh(this.usedBytes)
    this.load()
  }

  protected get usedBytes(): number {
    return Math.min(this.at * this.setup.unit, this.held.length)
  }

  protected load(): void {
    const { bytes, isLast } = this.held
    this.text = textOfWindow(bytes, this.#encoding, isLast)
    const { fields, isPlainWhereAscii } = this.setup
    this.window = new RecordWindow(this.text, fields, isPlainWhereAscii && isAscii(bytes))
    this.at = 0
    this.nul = -1
    this.reader.load(this.text, isLast)
  }

  /** The bytes of a part of the text, one character per byte. */
  protected rawOf(from: number, to: number): string {
    const { hasBytes, unit } = this.setup
    return hasBytes
      ? this.text.slice(from, to)
      : this.held.bytes.toString('latin1', unit * from, unit * to)
  }
}

export type DelimitedOptions = {
  /** Byte offset of the first chunk in the decompressed source, after any byte order mark. */
  offset: number
  /** The physical line at `offset`, from 1. */
  line: number
  /** Number of records before `offset`. */
  record: number
  maxRecordBytes?: number
  /** Window size in bytes, unless a record is longer. */
  windowBytes?: number | undefined
  /** Minimum number of bytes to buffer before records are scanned. */
  blockBytes?: number | undefined
  /** A record with another number of columns gets the flag `columns`. */
  columns?: number | undefined
}
