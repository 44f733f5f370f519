import { createHash } from 'node:crypto'
import type { Output } from '../ports.ts'

/** The output of an export into a pipe, which is sent immediately. */
export class PipedPart {
  readonly #output: Output
  readonly #hash = createHash('sha256')

  constructor(output: Output) {
    this.#output = output
  }

  /** SHA-256 of all written bytes, in hexadecimal. */
  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Writes a piece after the one before. */
  async write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    await this.#output.write(bytes)
  }

  /** No-op: a pipe has no name. */
  renameIntoPlace(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
