import { MASK } from '../../../../domain/records/mask.ts'
import { rejectColumns, valuesOfReject } from '../../reject-columns.ts'
import type { RejectsExport } from '../../source-reader.ts'
import type { DelimitedState } from '../dialect/delimited-state.ts'
import { encoderFor, namesLine } from '../dialect/names-line.ts'
import { quotedIn } from '../dialect/quoted-in.ts'

/** Rejects, and the dialect of their source. */
export type DelimitedRejects = RejectsExport & { memo: DelimitedState }

/**
 * The rejected records as a file to correct and import again: in the dialect of the source, with
 * raw bytes unchanged and the reasons appended as columns.
 */
export async function* exportRejects(wanted: DelimitedRejects): AsyncGenerator<Buffer> {
  const { specification, memo, rejects } = wanted
  const encode = encoderFor(memo.encoding)
  const line = (raw: Buffer, values: string[], lineEnd: string) => {
    const tail = values.map((value) => memo.delimiter + quotedIn(value, memo)).join('')
    return Buffer.concat([raw, encode(tail + (memo.recordEnd ?? lineEnd))])
  }

  const { mark, line: names, lineEnd } = memo.head ?? rememberedHead(memo)
  if (mark.length > 0) yield Buffer.from(mark, 'latin1')
  // The options that read the source apply to this file too.
  yield encode((memo.recordEnd ?? lineEnd).repeat(specification.skip ?? 0))
  if (specification.header && specification.columns.length === 0) {
    yield line(Buffer.from(names, 'latin1'), rejectColumns(wanted), lineEnd)
    const blanks = blankLine(memo)
    const below = rejectColumns(wanted).map(() => '')
    for (let at = 1; at < (specification.headerLines ?? 1); at++) yield line(blanks, below, lineEnd)
  }

  let last = 0
  for await (const reject of rejects) {
    if (reject.record === last) continue
    last = reject.record
    yield line(fillable(reject.raw, memo), valuesOfReject(reject, wanted).map(String), lineEnd)
  }
  yield encode(`(--skip-last)${memo.recordEnd ?? lineEnd}`.repeat(specification.skipLast))
}

/** Of a record that could not be masked by columns, no value is kept: its columns stay to be filled. */
function fillable(raw: Buffer, { header, dropped, delimiter, encoding }: DelimitedState): Buffer {
  if (raw.toString('latin1') !== MASK) return raw
  return encoderFor(encoding)(MASK + delimiter.repeat(Math.max(0, header.length + dropped - 1)))
}

/** A further header line with no names; a line of only delimiters would not count. */
function blankLine({ header, dropped, delimiter, encoding }: DelimitedState): Buffer {
  return encoderFor(encoding)(`""${delimiter.repeat(Math.max(0, header.length + dropped - 1))}`)
}

/** Rebuilds the head from a checkpoint of an older version. */
function rememberedHead(memo: DelimitedState): NonNullable<DelimitedState['head']> {
  const encode = encoderFor(memo.encoding)
  const mark = memo.encoding.startsWith('utf-16') ? encode('\ufeff') : Buffer.alloc(0)
  return { mark: mark.toString('latin1'), line: namesLine(memo), lineEnd: '\n' }
}
