import type { Connection, Submittable } from 'pg'

/** A COPY … TO STDOUT: the server sends each row as one piece, which is good until the next one. */
export class CopyOut implements Submittable {
  readonly #text: string
  readonly #take: (row: Buffer) => void
  readonly #over = Promise.withResolvers<void>()
  #connection: Connection | undefined

  constructor(text: string, take: (row: Buffer) => void) {
    this.#text = text
    this.#take = take
    // Who reads is told where it waits.
    this.#over.promise.catch(() => undefined)
  }

  /** Fulfilled behind the last row. */
  get over(): Promise<void> {
    return this.#over.promise
  }

  /** A few rows that are on their way come all the same. */
  pause(): void {
    this.#connection?.stream.pause()
  }

  resume(): void {
    this.#connection?.stream.resume()
  }

  /** Ends the connection with it: the server sends all that it has, or nothing more. */
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
    // Whoever has the connection next must not wait for ever.
    this.resume()
    this.#over.resolve()
  }

  handleError(error: Error): void {
    this.resume()
    this.#over.reject(error)
  }
}
