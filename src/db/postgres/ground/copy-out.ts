import type { Connection, Submittable } from 'pg'

/** A COPY … TO STDOUT: the server sends one buffer per row, valid until the next row. */
export class CopyOut implements Submittable {
  readonly #text: string
  readonly #take: (row: Buffer) => void
  readonly #over = Promise.withResolvers<void>()
  #connection: Connection | undefined

  constructor(text: string, take: (row: Buffer) => void) {
    this.#text = text
    this.#take = take
    // Readers get the error where they await; this avoids an unhandled rejection.
    this.#over.promise.catch(() => undefined)
  }

  /** Resolves after the last row. */
  get over(): Promise<void> {
    return this.#over.promise
  }

  /** A few rows that are already in transit still arrive. */
  pause(): void {
    this.#connection?.stream.pause()
  }

  resume(): void {
    this.#connection?.stream.resume()
  }

  /** Closes the connection too: a COPY can't be stopped alone. */
  destroy(): void {
    this.#connection?.stream.destroy()
  }

  submit(connection: Connection): void {
    this.#connection = connection
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#take(chunk)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    // The next user of the connection must not find it paused.
    this.resume()
    this.#over.resolve()
  }

  handleError(error: Error): void {
    this.resume()
    this.#over.reject(error)
  }
}
