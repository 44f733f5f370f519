import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { AppEnv } from '../ground/env.ts'

const PIECE_BYTES = 64 * 1024

export type Download = { name: string; type: string; bytes: AsyncIterable<Buffer> }

/**
 * A file that is sent as it is made, no faster than it is taken. One that fails on the way breaks
 * the connection, so that it is never taken for a whole one; a reader who goes away ends it.
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

/** RFC 6266: a name in ASCII for all, and behind it the name itself for those who read RFC 8187. */
export function attachment(name: string): string {
  // Who saves the file must not be led into another folder, nor the header into another line.
  const safe = name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '_')
  const ascii = safe.replace(/[^\x20-\x7e]|["%]/gu, '_')
  const extended = encodeURIComponent(safe).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`
}

/** Many short pieces make few long ones: each costs a stream the same. */
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
