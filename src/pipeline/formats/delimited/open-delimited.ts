import type { TextPosition } from '../../../domain/jobs/checkpoint.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { DelimitedImport } from '../../../domain/specification/specification.ts'
import { readFirstBytes, type HeadBytes } from '../../source/first-bytes.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { OpenedSource } from '../format.ts'
import { firstRecords } from './detection/first-records.ts'
import { readDialect, type DialectReading } from './detection/read-dialect.ts'
import type { DelimitedState } from './dialect/delimited-state.ts'
import { readHead } from './head/read-head.ts'
import { skipLines } from './head/skip-lines.ts'
import { headOf, requireHeader } from './head/source-head.ts'

/** @throws UnusableError if the dialect or the header cannot be read or detected */
export async function openDelimited(
  source: SourceFile,
  specification: DelimitedImport,
  table: TableInfo | undefined,
): Promise<OpenedSource & { state: DelimitedState }> {
  const head = await readFirstBytes(source)
  const { dialect, detection, mark, begin } = await readBeginning(source, head, specification)
  const from = { ...dialect, ...begin }
  const records = (limit: number) => firstRecords(source, from, limit)
  const found = await readHead({ dialect, begin, records }, specification, table)
  const { names, start, empty, first, notes } = found
  const { isNamed, dropped, skipped } = found
  const rest = { detection, header: names, isNamed, dropped, skipped, head: null }
  const state: DelimitedState = { format: 'delimited', ...dialect, ...rest }
  if (first !== undefined) {
    requireHeader(first, { memo: state, isRead: found.lines > 0 })
    state.head = headOf(first, { memo: state, lines: found.lines, mark })
  }
  return { state, start, empty, notes }
}

type Beginning = Pick<DialectReading, 'dialect' | 'detection'> & {
  mark: Buffer
  begin: TextPosition
}

/** Sniffs the dialect from the lines that are not skipped. */
async function readBeginning(
  source: SourceFile,
  head: HeadBytes,
  specification: DelimitedImport,
): Promise<Beginning> {
  const { offset, line, ...found } = readDialect(head, specification)
  const mark = head.bytes.subarray(0, offset)
  if (!specification.skip) return { ...found, mark, begin: { offset, line, record: 0 } }

  const { encoding } = found.dialect
  const place = { offset, line, encoding }
  const begin = await skipLines(source.read({ offset }), place, specification.skip)
  const lines = await readFirstBytes(source, begin.offset)
  const { dialect, detection } = readDialect(lines, { ...specification, encoding })
  return { dialect, detection: { ...detection, encoding: found.detection.encoding }, mark, begin }
}
