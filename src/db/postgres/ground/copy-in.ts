import type { Connection, PoolClient, Submittable } from 'pg'

declare module 'pg' {
  // Methods that pg-copy-streams, by the same authors, uses to send rows; pg's types omit them.
  interface Connection {
    sendCopyFromChunk(chunk: Buffer): void
    endCopyFrom(): void
  }
}

/**
 * Sends rows by COPY … FROM STDIN: a row is an array of its values' texts, with null for NULL.
 * @returns the number of rows that the server took
 */
export async function copyIn(
  client: PoolClient,
  into: string,
  rows: (string | null)[][],
): Promise<number> {
  const copy = new CopyIn(`copy ${into} from stdin`, Buffer.from(rows.map(lineOf).join('')))
  client.query(copy)
  return await copy.taken.promise
}

/** The few rows of a chunk are in memory anyway, so they are sent as one buffer. */
class CopyIn implements Submittable {
  readonly #text: string
  readonly #rows: Buffer
  readonly taken = Promise.withResolvers<number>()
  #count = 0

  constructor(text: string, rows: Buffer) {
    this.#text = text
    this.#rows = rows
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleCopyInResponse(connection: Connection): void {
    connection.sendCopyFromChunk(this.#rows)
    connection.endCopyFrom()
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#count = Number(text.replace('COPY ', ''))
  }

  handleReadyForQuery(): void {
    this.taken.resolve(this.#count)
  }

  handleError(error: Error): void {
    this.taken.reject(error)
  }
}

const SPECIAL = /[\\\n\r\t]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function lineOf(row: (string | null)[]): string {
  return `${row.map(cellOf).join('\t')}\n`
}

function cellOf(cell: string | null): string {
  if (cell === null) return '\\N'
  return SPECIAL.test(cell) ? cell.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign) : cell
}
