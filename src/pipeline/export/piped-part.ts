import { createHash } from 'node:crypto'
import type { Output } from '../ports.ts'

/** The part of an export that has no file: it is on its way as soon as it is written. */
export class PipedPart {
  readonly #output: Output
  readonly #hash = createHash('sha256')

  constructor(output: Output) {
    this.#output = output
  }

  /** Of all that was written. */
  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Pieces come in their order. */
  async write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    await this.#output.write(bytes)
  }

  /** It has no name. */
  renameIntoPlace(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
