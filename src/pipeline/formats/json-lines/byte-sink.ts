const FIRST_BYTES = 64 * 1024

/** Bytes that are written one behind the other, into memory that grows. */
export class ByteSink {
  #memory = Buffer.allocUnsafe(FIRST_BYTES)
  #length = 0

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length)
  }

  /** Makes room for so many bytes that are put one by one. */
  reserve(count: number): void {
    const wanted = this.#length + count
    if (wanted <= this.#memory.length) return
    const memory = Buffer.allocUnsafe(Math.max(wanted, 2 * this.#memory.length))
    this.#memory.copy(memory, 0, 0, this.#length)
    this.#memory = memory
  }

  /** Only where there is room for it. */
  put(byte: number): void {
    this.#memory[this.#length++] = byte
  }

  copy(from: Buffer, start = 0, end = from.length): void {
    this.reserve(end - start)
    this.#length += from.copy(this.#memory, this.#length, start, end)
  }
}
