import { UnusableError } from '../../../../domain/words/errors.ts'
import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import { doubtIn } from '../../../encodings/encoding-doubt.ts'
import { MAX_RECORD_BYTES } from '../../limits.ts'
import { widthOf, type DelimitedState } from '../dialect/delimited-state.ts'
import { namesLine } from '../dialect/names-line.ts'
import { textMessage } from './text-message.ts'

/** What a header may have at most: it is kept with every checkpoint. */
const MOST_COLUMNS = 100_000
const MOST_BYTES = 1024 * 1024

/**
 * What a file of the rejects begins with: the line of names, as it is where it is one. Names that
 * were made are in it too, so that the file says its columns itself.
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

/** @throws UnusableError where the line of names can't be read, or there is too much to be kept */
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
