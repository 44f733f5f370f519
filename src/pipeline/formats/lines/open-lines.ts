import type { TextPosition } from '../../../domain/jobs/checkpoint.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { requireText } from '../../encodings/foreign.ts'
import { readFirstBytes } from '../../source/first-bytes.ts'
import type { SourceFile } from '../../source/source-file.ts'

const BOM = Buffer.from('\ufeff')
const LF = 0x0a

/**
 * The position after a byte order mark and the skipped lines.
 * @throws UnusableError if it is a file of another kind
 */
export async function openLines(
  source: SourceFile,
  specification: ImportSpecification,
): Promise<TextPosition> {
  const { bytes } = await readFirstBytes(source)
  requireText(bytes, specification, { encoding: 'utf-8', isSure: true })
  const isMarked = bytes.subarray(0, BOM.length).equals(BOM)
  const start = { offset: isMarked ? BOM.length : 0, line: 1, record: 0 }
  return await behindLines(source.read({ offset: start.offset }), start, specification.skip ?? 0)
}

/** The position after `count` lines, or the end of a shorter source. */
async function behindLines(
  chunks: AsyncIterable<Buffer>,
  start: TextPosition,
  count: number,
): Promise<TextPosition> {
  const position = { ...start }
  if (count === 0) return position
  for await (const chunk of chunks) {
    let at = 0
    while (at < chunk.length) {
      const lineEnd = chunk.indexOf(LF, at)
      const next = lineEnd === -1 ? chunk.length : lineEnd + 1
      position.offset += next - at
      if (lineEnd !== -1) position.line++
      if (position.line === start.line + count) return position
      at = next
    }
  }
  return position
}
