const LEAST_BYTES = 128 * 1024
/** The memory of a long record is released where it is more than so many times the usual. */
const MOST_TIMES = 4

/** A byte queue in one reusable buffer: bytes are appended at the end and dropped at the start. */
export class ByteBuffer {
  readonly #usual: number
  #memory = Buffer.alloc(0)
  #length = 0

  /** @param blockBytes bytes that are usually appended before the first are dropped */
  constructor(blockBytes = 0) {
    this.#usual = blockBytes + LEAST_BYTES
  }

  get length(): number {
    return this.#length
  }

  /** Valid only until the next change. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length)
  }

  append(bytes: Buffer): void {
    const length = this.#length + bytes.length
    if (length > this.#memory.length) {
      // A record that is read again comes in one piece, and often thousands of them in buffers of their own.
      const isFirst = this.#memory.length === 0
      this.#moveTo(isFirst ? length : Math.max(length, this.#usual, 2 * this.#memory.length))
    }
    bytes.copy(this.#memory, this.#length)
    this.#length = length
  }

  /** Drops the first bytes, and releases the memory of a long record. */
  drop(count: number): void {
    this.#memory.copyWithin(0, count, this.#length)
    this.#length -= count
    if (this.#memory.length > MOST_TIMES * this.#usual && this.#length < this.#usual) {
      this.#moveTo(this.#usual)
    }
  }

  #moveTo(capacity: number): void {
    const memory = Buffer.allocUnsafe(capacity)
    this.#memory.copy(memory, 0, 0, this.#length)
    this.#memory = memory
  }
}
