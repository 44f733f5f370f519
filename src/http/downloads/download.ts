import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { AppEnv } from '../ground/env.ts'

const PIECE_BYTES = 64 * 1024

export type Download = { name: string; type: string; bytes: AsyncIterable<Buffer> }

/**
 * Streams a file while it is generated, at the client's pace. An error aborts the connection, so
 * that the file can't pass for complete; a client that disconnects stops the generation.
 */
export function download(c: Context<AppEnv>, log: Logger, { name, type, bytes }: Download) {
  const request = c.get('requestId')
  c.header('Content-Type', type)
  c.header('Content-Disposition', attachment(name))
  return c.body(
    ReadableStream.from(
      logged(gathered(bytes), (error) =>
        log.error({ err: error, request, path: c.req.path }, 'A download broke off.'),
      ),
    ),
  )
}

/** RFC 6266: an ASCII name for all clients, then the full name for those that support RFC 8187. */
export function attachment(name: string): string {
  // The name must not contain a path, nor a line break that would end the header.
  const safe = name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '_')
  const ascii = safe.replace(/[^\x20-\x7e]|["%]/gu, '_')
  const extended = encodeURIComponent(safe).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`
}

/** Joins short pieces into long ones, since each costs a stream the same. */
async function* gathered(bytes: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of bytes) {
    held.push(piece)
    size += piece.length
    if (size >= PIECE_BYTES) {
      yield Buffer.concat(held)
      held = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(held)
}

async function* logged<Piece>(
  pieces: AsyncIterable<Piece>,
  report: (error: unknown) => void,
): AsyncGenerator<Piece> {
  try {
    yield* pieces
  } catch (error) {
    report(error)
    throw error
  }
}
