import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Connection, PoolClient, Submittable } from 'pg'

declare module 'pg' {
  // Methods that pg-copy-streams, by the same authors, uses to send rows; pg's types omit them.
  interface Connection {
    endCopyFrom(): void
    sendCopyFail(message: string): void
  }
}

/** The message CopyData: its type, the length of the rest, and the rows. */
const COPY_DATA = 0x64
const LENGTH_BYTES = 4

/**
 * Sends rows by COPY … FROM STDIN.
 * @param rows in the text format, see `copyBytes`
 * @param part statements before and after it, in the same round trip
 * @returns the number of rows that the server took
 */
export async function copyIn(
  client: PoolClient,
  into: string,
  rows: Buffer,
  { before = '', after = '' } = {},
): Promise<number> {
  const copy = new CopyIn(client, `${before}copy ${into} from stdin${after}`)
  await copy.send(rows)
  return await copy.end()
}

/**
 * A COPY … FROM STDIN. Rows are sent right behind the statement: a server that refuses it ignores
 * them (postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY).
 */
export class CopyIn implements Submittable {
  readonly #text: string
  readonly #taken = Promise.withResolvers<number>()
  readonly #submitted = Promise.withResolvers<Connection>()
  #count = 0
  #isOver = false

  constructor(client: PoolClient, text: string) {
    this.#text = text
    // Whoever ends it gets the error; this avoids an unhandled rejection.
    this.#taken.promise.catch(() => undefined)
    this.#submitted.promise.catch(() => undefined)
    client.query(this)
  }

  /** Sends rows, and waits where the server is slower. */
  async send(rows: Buffer): Promise<void> {
    // After an error, the statement waits until the server is ready again.
    const { stream } = await this.#submitted.promise
    if (!this.#isOver) {
      sendRows(stream, rows)
      if (stream.writableNeedDrain) await Promise.race([once(stream, 'drain'), this.#taken.promise])
    }
    if (this.#isOver) await this.#taken.promise
  }

  /** @returns the number of rows that the server took */
  async end(): Promise<number> {
    const connection = await this.#submitted.promise
    if (!this.#isOver) connection.endCopyFrom()
    return await this.#taken.promise
  }

  /** Ends it without effect; the transaction has failed then. */
  async giveUp(): Promise<void> {
    const connection = await this.#submitted.promise.catch(() => undefined)
    if (!this.#isOver) connection?.sendCopyFail('given up')
    await this.#taken.promise.catch(() => undefined)
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
    this.#submitted.resolve(connection)
  }

  handleCopyInResponse(): void {}

  handleCommandComplete({ text }: { text: string }): void {
    if (text.startsWith('COPY ')) this.#count = Number(text.slice(5))
  }

  handleReadyForQuery(): void {
    this.#taken.resolve(this.#count)
  }

  handleError(error: Error): void {
    this.#isOver = true
    this.#submitted.reject(error)
    this.#taken.reject(error)
  }
}

/** The driver's own method would copy the rows twice, and keep room for as many in each message. */
function sendRows(stream: Writable, rows: Buffer): void {
  const head = Buffer.allocUnsafe(1 + LENGTH_BYTES)
  head[0] = COPY_DATA
  head.writeUInt32BE(LENGTH_BYTES + rows.length, 1)
  stream.cork()
  stream.write(head)
  stream.write(rows)
  stream.uncork()
}
