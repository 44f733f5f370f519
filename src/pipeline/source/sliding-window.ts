import { ByteBuffer } from './byte-buffer.ts'

/** Bytes of a source, held one after the other, and a window that moves over them. */
export class SlidingWindow {
  /** The byte of the source at which the window begins. */
  base: number
  /** The bytes in the window, until the next change. */
  bytes: Buffer = Buffer.alloc(0)
  readonly #held = new ByteBuffer()
  readonly #usualLength: number
  /** How many bytes were held when it was last moved to what is new. */
  #seen = 0
  #start = 0
  #isFinal = false

  /** @param usualLength bytes of a window in which a whole record was found */
  constructor(base: number, usualLength: number) {
    this.base = base
    this.#usualLength = usualLength
  }

  /** Holds these bytes too. They are copied: the caller may use them again. */
  append(bytes: Buffer): void {
    this.#held.append(bytes)
  }

  /** There is nothing behind what was appended. */
  end(): void {
    this.#isFinal = true
  }

  get length(): number {
    return this.bytes.length
  }

  /** Whether the source ends where the window does. */
  get isLast(): boolean {
    return this.#isFinal && this.#reachesEnd
  }

  /** Bytes that were appended since `refresh`. */
  get news(): number {
    return this.#held.length - this.#seen
  }

  /** Bytes behind the first `used` of the window that were there before the news. */
  carriedBehind(used: number): number {
    return this.#seen - this.#start - used
  }

  /** Forgets all before the window, and its first `used` bytes; begins behind them with the news. */
  refresh(used: number): void {
    this.#held.drop(this.#start + used)
    this.base += used
    this.#start = 0
    this.#seen = this.#held.length
    this.#cut(this.#usualLength)
  }

  /**
   * Moves behind the first `used` bytes; where there is no whole record among them, the window
   * becomes a larger one.
   * @returns false where it reaches to the end already
   */
  advance(used: number): boolean {
    if (this.#reachesEnd) return false
    const length = used === 0 ? 2 * this.length : this.#usualLength
    this.#start += used
    this.base += used
    this.#cut(length)
    return true
  }

  /** Moves to a byte of the source that was in the window since `refresh`. */
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
