import type { TextPosition } from '../../../../domain/jobs/checkpoint.ts'
import type { Encoding } from '../../../encodings/encoding-names.ts'
import { CR, LF } from '../scan/window-text.ts'

/**
 * The position after `count` physical lines, or the end of a shorter source. Quotes have no meaning
 * here, because skipped lines may hold any.
 * @param chunks start at the offset
 */
export async function skipLines(
  chunks: AsyncIterable<Buffer>,
  { offset, line, encoding }: { offset: number; line: number; encoding: Encoding },
  count: number,
): Promise<TextPosition> {
  const position = { offset, line, record: 0 }
  if (count === 0) return position
  let wasReturn = false
  for await (const code of unitsOf(chunks, encoding)) {
    // The LF of a CR LF belongs to the line before.
    if (position.line >= line + count && !(wasReturn && code === LF)) return position
    if (code === CR || (code === LF && !wasReturn)) position.line++
    wasReturn = code === CR
    position.offset += encoding.startsWith('utf-16') ? 2 : 1
  }
  return position
}

async function* unitsOf(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<number> {
  if (!encoding.startsWith('utf-16')) {
    for await (const chunk of chunks) yield* chunk
    return
  }
  let first: number | undefined
  for await (const chunk of chunks) {
    for (const byte of chunk) {
      if (first === undefined) first = byte
      else {
        yield encoding === 'utf-16le' ? first + 256 * byte : 256 * first + byte
        first = undefined
      }
    }
  }
}
