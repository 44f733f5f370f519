const FIRST_BYTES = 64 * 1024

/** Appends bytes to a growing buffer. */
export class ByteSink {
  #memory = Buffer.allocUnsafe(FIRST_BYTES)
  #length = 0

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length)
  }

  /** Reserves capacity for calls of `put`. */
  reserve(count: number): void {
    const wanted = this.#length + count
    if (wanted <= this.#memory.length) return
    const memory = Buffer.allocUnsafe(Math.max(wanted, 2 * this.#memory.length))
    this.#memory.copy(memory, 0, 0, this.#length)
    this.#memory = memory
  }

  /** Requires reserved capacity. */
  put(byte: number): void {
    this.#memory[this.#length++] = byte
  }

  copy(from: Buffer, start = 0, end = from.length): void {
    this.reserve(end - start)
    this.#length += from.copy(this.#memory, this.#length, start, end)
  }
}
