import { createHash } from 'node:crypto'
import type { Output } from './ports.ts'

/** The part of an export that has no file: it is on its way as soon as it is written. */
export class PipedPart {
  readonly #output: Output
  readonly #hash = createHash('sha256')

  constructor(output: Output) {
    this.#output = output
  }

  /** Pieces come in their order. */
  async write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    await this.#output.write(bytes)
  }

  /** @returns the SHA-256 of all that was written */
  seal(): Promise<string> {
    return Promise.resolve(this.#hash.digest('hex'))
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
