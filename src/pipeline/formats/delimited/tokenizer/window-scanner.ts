import { isAscii } from 'node:buffer'
import type { DelimitedOptions } from './delimited.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { scanSetup, type ScanSetup } from './scan-setup.ts'
import { SlidingWindow } from '../../../source/sliding-window.ts'
import { RecordWindow } from './record-window.ts'
import { textOfWindow } from '../scan/window-text.ts'

/** A larger window is slower: memory for its text would be asked of the system each time. */
const WINDOW_BYTES = 64 * 1024

export type ScanOptions = DelimitedOptions & { maxRecordBytes: number }

/**
 * What is held of a source, and the text of the window that is looked at. It is a character a byte,
 * so that an index in it is a byte; UTF-16 is looked at as itself, two bytes an index.
 */
export class WindowScanner {
  protected readonly setup: ScanSetup
  protected readonly reader: ScanSetup['reader']
  protected readonly held: SlidingWindow
  /** Of a record, in characters of the text. */
  protected readonly most: number
  protected window: RecordWindow
  protected text = ''
  /** How far the text was read. */
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
    this.held = new SlidingWindow(offset, Math.max(unit, windowBytes - (windowBytes % unit)))
    this.most = Math.floor(maxRecordBytes / unit)
    this.window = new RecordWindow('', fields, true)
    this.#encoding = dialect.encoding
    this.#maxBytes = maxRecordBytes
    this.#blockBytes = blockBytes
  }

  /**
   * A record that did not end in the window is scanned again with at least twice the bytes: so a
   * long one costs a few scans and not one for each chunk. More than a record may have is not
   * waited for.
   */
  get isWorthALook(): boolean {
    const carried = this.held.carriedBehind(this.usedBytes)
    const wanted = Math.min(carried, this.#maxBytes - carried)
    return this.held.news >= Math.max(wanted, this.#blockBytes)
  }

  /** Holds these bytes until the next look. They are copied: the caller may use them again. */
  append(bytes: Buffer): void {
    this.held.append(bytes)
  }

  /** There is nothing behind what was appended. */
  end(): void {
    this.held.end()
  }

  /** Goes on with what is left and what was appended since. */
  look(): void {
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

  /** The bytes of a part of the text, one character a byte. */
  protected rawOf(from: number, to: number): string {
    const { hasBytes, unit } = this.setup
    return hasBytes
      ? this.text.slice(from, to)
      : this.held.bytes.toString('latin1', unit * from, unit * to)
  }
}
