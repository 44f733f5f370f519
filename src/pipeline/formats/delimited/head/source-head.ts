import { UnusableError } from '../../../../domain/words/errors.ts'
import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import { doubtIn } from '../../../encodings/encoding-doubt.ts'
import { MAX_RECORD_BYTES } from '../../limits.ts'
import { widthOf, type DelimitedState } from '../dialect/delimited-state.ts'
import { namesLine } from '../dialect/names-line.ts'
import { textMessage } from './text-message.ts'

/** Limits for a header, because each checkpoint stores it. */
const MOST_COLUMNS = 100_000
const MOST_BYTES = 1024 * 1024

/**
 * The first lines of a rejects file: the header line, unchanged if it is one line. Generated names
 * are included, so that the file names its own columns.
 */
export function headOf(
  first: DelimitedRecord,
  { memo, lines, mark }: { memo: DelimitedState; lines: number; mark: Buffer },
): DelimitedState['head'] {
  const { raw, offset, end } = first
  const lineEnd = end - offset - raw.length
  const { fields } = first.read()
  const isRaw = lines === 1 && widthOf(memo) === fields.length
  const isAsRead = isRaw && fields.every((name, at) => name === memo.header[at])
  return {
    mark: mark.toString('latin1'),
    line: isAsRead ? raw : memo.isNamed ? namesLine(memo) : '',
    lineEnd: lineEnd > (memo.encoding.startsWith('utf-16') ? 2 : 1) ? '\r\n' : '\n',
  }
}

/** @throws UnusableError if the header cannot be read or is too large to store */
export function requireHeader(
  first: DelimitedRecord,
  { memo, isRead }: { memo: DelimitedState; isRead: boolean },
): void {
  const reading = first.read()
  const isDamaged = isRead && reading.flag !== undefined && memo.header.length === 0
  const message = isDamaged ? textMessage(reading, memo, () => first.raw) : undefined
  if (message !== undefined) {
    throw new UnusableError({
      problem: 'damaged_header',
      line: first.line,
      reason: message.code,
      encoding: memo.encoding,
      ...doubtIn(first.raw, memo.encoding),
      limit: MAX_RECORD_BYTES,
    })
  }
  const columns = memo.header.length
  const bytes = isRead ? first.raw.length : 0
  if (columns <= MOST_COLUMNS && bytes <= MOST_BYTES) return
  throw new UnusableError({
    problem: 'long_header',
    line: first.line,
    columns,
    bytes,
    limit: MOST_COLUMNS,
    mostBytes: MOST_BYTES,
  })
}
