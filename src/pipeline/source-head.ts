import { UnusableError } from '../domain/errors.ts'
import type { ImportSpecification } from '../domain/specification.ts'
import type { DelimitedRecord } from './delimited-record.ts'
import { MAX_RECORD_BYTES } from './delimited.ts'
import type { ImportMemo } from './import-plan.ts'
import { withRejectNames } from './reject-columns.ts'
import { doubtIn, textMessage } from './text-message.ts'

/** What a header may have at most: it is kept with every checkpoint. */
const MOST_COLUMNS = 100_000
const MOST_BYTES = 1024 * 1024

/** Names are those in the first line; without it columns are counted, but for those of rejects. */
export function columnsOf(
  first: DelimitedRecord | undefined,
  { header }: Pick<ImportSpecification, 'header'>,
): string[] {
  const fields = first?.read().fields ?? []
  return header ? fields : withRejectNames(fields)
}

/** What a file of the rejects begins with as the source does. */
export function headOf(
  { raw, offset, end }: DelimitedRecord,
  { memo, specification, mark }: Named & { mark: Buffer },
): ImportMemo['head'] {
  const lineEnd = end - offset - raw.length
  return {
    mark: mark.toString('latin1'),
    line: specification.header ? raw : '',
    lineEnd: lineEnd > (memo.encoding.startsWith('utf-16') ? 2 : 1) ? '\r\n' : '\n',
  }
}

type Named = { memo: ImportMemo; specification: Pick<ImportSpecification, 'header'> }

/** @throws UnusableError where the line of names can't be read, or there is too much to be kept */
export function requireHeader(first: DelimitedRecord, { memo, specification }: Named): void {
  const message = specification.header
    ? textMessage(first.read(), memo, () => first.raw)
    : undefined
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
  const bytes = specification.header ? first.raw.length : 0
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
