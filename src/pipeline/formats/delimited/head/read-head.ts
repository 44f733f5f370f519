import type { TableInfo } from '../../../../domain/records/table.ts'
import type { TextPosition } from '../../../../domain/jobs/checkpoint.ts'
import type { DelimitedImport } from '../../../../domain/specification/specification.ts'
import type { DelimitedRecord } from '../tokenizer/delimited-record.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { decoderFor } from '../../../encodings/encoding.ts'
import { foldName } from '../../../values/find-name.ts'
import { findHead, type FoundHead } from './find-head.ts'
import { HEAD_RECORDS, headRow, type ExpectedHead } from './head-rows.ts'

/** The head of a file, and the position of the first record. */
export type ReadHead = FoundHead & {
  start: TextPosition
  /** The first line of the header, or a damaged one of it; without a header, the first record. */
  first: DelimitedRecord | undefined
  /** Number of empty lines above. */
  empty: number
  /** Number of skipped lines, as specified or as detected. */
  skipped: number
}

export type HeadSource = {
  dialect: Dialect
  /** The position after the skipped lines. */
  begin: TextPosition
  /** The first records from `begin`, at most `limit`. */
  records(limit: number): Promise<DelimitedRecord[]>
}

/** @throws UnusableError if the head cannot be detected with certainty */
export async function readHead(
  { dialect, begin, records }: HeadSource,
  specification: DelimitedImport,
  table: TableInfo | undefined,
): Promise<ReadHead> {
  const { skipLast } = specification
  const found = await records(HEAD_RECORDS + skipLast)
  const rows = found.slice(0, Math.max(1, found.length - skipLast)).map(headRow)
  const options = { ...specification, ...dialect, decode: decoderFor(dialect.encoding) }
  const head = findHead(rows, options, expectedOf(specification, table))

  const [header, last] = [rows[head.titles], rows[head.titles + head.lines - 1]]
  const damaged = rows.slice(head.titles, head.titles + head.lines).find(({ isGood }) => !isGood)
  const above = (header?.record.line ?? begin.line) - begin.line
  const isRead = head.lines > 0 && last !== undefined
  return {
    ...head,
    start: isRead ? { offset: last.record.end, line: last.record.nextLine, record: 0 } : begin,
    first: (damaged ?? header)?.record,
    empty: isRead && head.titles === 0 ? above : 0,
    skipped: begin.line - 1 + (head.titles > 0 ? above : 0),
  }
}

function expectedOf(
  { key, secondKey, map, fields, missingColumns, surplusColumns }: DelimitedImport,
  table: TableInfo | undefined,
): ExpectedHead {
  const columns = table?.columns.map(({ name }) => name) ?? []
  const named = [...key, ...secondKey, ...Object.keys(map), ...Object.keys(fields)]
  return {
    known: new Set([...columns, ...named].map(foldName)),
    isStrict: table !== undefined,
    mayLack: missingColumns === 'empty',
    mayExceed: surplusColumns === 'ignore',
  }
}
