import type { Context } from 'hono'
import type { Logger } from 'pino'
import { attachment } from './attachment.ts'
import type { AppEnv } from './env.ts'

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
