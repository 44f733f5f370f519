import type { Connection, PoolClient, Submittable } from 'pg'

declare module 'pg' {
  // What pg-copy-streams, of the same authors, sends rows by; pg's types leave it out.
  interface Connection {
    sendCopyFromChunk(chunk: Buffer): void
    endCopyFrom(): void
  }
}

/**
 * Sends rows by COPY … FROM STDIN: a row is the texts of its values, null where there is none.
 * @returns how many rows the server took
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

/** The few rows of a chunk are in memory anyway: they go out in one piece. */
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
