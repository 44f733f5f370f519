const USUAL_BYTES = 128 * 1024

/** A byte queue in one reusable buffer: bytes are appended at the end and dropped at the start. */
export class ByteBuffer {
  #memory = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Valid only until the next change. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length)
  }

  append(bytes: Buffer): void {
    const length = this.#length + bytes.length
    if (length > this.#memory.length) this.#moveTo(Math.max(length, 2 * this.#memory.length))
    bytes.copy(this.#memory, this.#length)
    this.#length = length
  }

  /** Drops the first bytes, and releases the memory of a long record. */
  drop(count: number): void {
    this.#memory.copyWithin(0, count, this.#length)
    this.#length -= count
    if (this.#memory.length > 8 * USUAL_BYTES && this.#length < USUAL_BYTES) {
      this.#moveTo(USUAL_BYTES)
    }
  }

  #moveTo(capacity: number): void {
    const memory = Buffer.allocUnsafe(capacity)
    this.#memory.copy(memory, 0, 0, this.#length)
    this.#memory = memory
  }
}
