import { ByteBuffer } from './byte-buffer.ts'

/** A buffer of source bytes with a window that moves over them. */
export class SlidingWindow {
  /** Byte offset of the window in the source. */
  base: number
  /** The bytes in the window, valid until the next change. */
  bytes: Buffer = Buffer.alloc(0)
  readonly #held: ByteBuffer
  readonly #usualLength: number
  /** Number of bytes buffered at the last `refresh`. */
  #seen = 0
  #start = 0
  #isFinal = false

  /**
   * @param usualLength window size in bytes, unless a record is longer
   * @param blockBytes number of bytes that are buffered before the window moves on to them
   */
  constructor(base: number, usualLength: number, blockBytes: number) {
    this.#held = new ByteBuffer(blockBytes)
    this.base = base
    this.#usualLength = usualLength
  }

  /** Buffers the bytes. It copies them: the caller may reuse them. */
  append(bytes: Buffer): void {
    this.#held.append(bytes)
  }

  /** Marks the end of the source. */
  end(): void {
    this.#isFinal = true
  }

  get length(): number {
    return this.bytes.length
  }

  /** Whether the window reaches the end of the source. */
  get isLast(): boolean {
    return this.#isFinal && this.#reachesEnd
  }

  /** Number of bytes appended since `refresh`. */
  get unscannedBytes(): number {
    return this.#held.length - this.#seen
  }

  /** Bytes after the first `used` of the window that were there before the last appends. */
  carriedBytes(used: number): number {
    return this.#seen - this.#start - used
  }

  /**
   * Drops everything before the window and its first `used` bytes, and restarts after them with the
   * new bytes.
   */
  refresh(used: number): void {
    this.#held.drop(this.#start + used)
    this.base += used
    this.#start = 0
    this.#seen = this.#held.length
    this.#cut(this.#usualLength)
  }

  /**
   * Moves the window past its first `used` bytes, or doubles it if none are used.
   * @returns false if it reaches the end of the buffer already
   */
  advance(used: number): boolean {
    if (this.#reachesEnd) return false
    const length = used === 0 ? 2 * this.length : this.#usualLength
    this.#start += used
    this.base += used
    this.#cut(length)
    return true
  }

  /** Moves the window to a byte offset of the source that is still buffered. */
  moveTo(byte: number): void {
    this.#start += byte - this.base
    this.base = byte
    this.#cut(this.#usualLength)
  }

  get #reachesEnd(): boolean {
    return this.#start + this.length >= this.#held.length
  }

  #cut(length: number): void {
    this.bytes = this.#held.bytes.subarray(this.#start, this.#start + length)
  }
}
