import type { SourceBytes as ReadingOfFiles } from '../../../db/store.ts'
import type { TableInfo } from '../../../domain/records/table.ts'
import type { Position } from '../../../domain/jobs/checkpoint.ts'
import { JobFailure, type Message } from '../../../domain/words/messages.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { ResumeState } from './import-plan.ts'
import {
  readDialect,
  SNIFF_BYTES,
  type HeadBytes as FirstBytes,
  type DialectReading,
} from '../../formats/delimited/dialect/read-dialect.ts'
import { firstRecords, type From } from '../../formats/delimited/dialect/first-records.ts'
import { readHead } from '../../formats/delimited/head/read-head.ts'
import { skipLines } from '../../formats/delimited/head/skip-lines.ts'
import { sourceFailure } from '../../source/source-failure.ts'
import { SourceFile } from '../../source/source-file.ts'
import { headOf, requireHeader, widthOf } from '../../formats/delimited/head/source-head.ts'
import { textMessage } from '../text-message.ts'

/** What the first look at a file tells: how it is written, its header, and where its records start. */
export type SourceProfile = {
  memo: ResumeState
  header: string[]
  start: Position
  /** Empty lines before the header. */
  empty: number
  /** What was found out, rather than asked for. */
  notes: Message[]
  /** The fields of the first good records. */
  sample(limit: number): Promise<string[][]>
}

/** @throws JobFailure `source_missing` */
export async function openSource(
  specification: Pick<ImportSpecification, 'path' | 'beneath'>,
  reading: ReadingOfFiles,
): Promise<SourceFile> {
  try {
    return await SourceFile.open(specification, reading)
  } catch {
    throw new JobFailure('source_missing', { path: specification.path })
  }
}

/**
 * @param table where it is there
 * @throws UnusableError where the header can't be read or told
 */
export async function openImport(
  specification: ImportSpecification,
  source: SourceFile,
  table: TableInfo | undefined,
): Promise<SourceProfile> {
  const head = await readFirstBytes(source)
  const { dialect, detection, mark, begin } = await readBeginning(source, head, specification)
  const from = { ...dialect, ...begin }
  const records = (limit: number) => firstRecords(source, from, limit)
  const found = await readHead({ dialect, begin, records }, specification, table)
  const { names, start, empty, first } = found
  const memo: ResumeState = {
    source: source.description,
    sha256: null,
    ...dialect,
    detection,
    header: names,
    isNamed: found.isNamed,
    dropped: found.dropped,
    skipped: found.skipped,
    inferred: [],
    isFixed: false,
    fields: [],
    head: null,
    postponed: null,
    strayed: null,
  }
  if (first !== undefined) {
    requireHeader(first, { memo, isRead: found.lines > 0 })
    memo.head = headOf(first, { memo, lines: found.lines, mark })
  }
  return {
    memo,
    header: names,
    start,
    empty,
    notes: found.notes,
    sample: (limit) => sample(source, { ...from, ...start }, { memo, specification }, limit),
  }
}

type Beginning = Pick<DialectReading, 'dialect' | 'detection'> & { mark: Buffer; begin: Position }

/** How the source is written, told by what is not passed over. */
async function readBeginning(
  source: SourceFile,
  head: FirstBytes,
  specification: ImportSpecification,
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

async function readFirstBytes(source: SourceFile, offset = 0): Promise<FirstBytes> {
  const head: Buffer[] = []
  let length = 0
  let isRead = true
  try {
    // What is packed may come in pieces as short as a line.
    for await (const chunk of source.read({ offset })) {
      head.push(Buffer.from(chunk))
      length += chunk.length
      if (length > SNIFF_BYTES) {
        isRead = false
        break
      }
    }
  } catch (error) {
    const failure = sourceFailure(error, source.path)
    // The run itself meets the damage again, after the records before it.
    if (failure === undefined || length === 0) throw failure ?? error
  }
  const bytes = Buffer.concat(head).subarray(0, SNIFF_BYTES)
  return { bytes, isWhole: length <= SNIFF_BYTES && isRead }
}

/** Without what is no record: the last ones, where they are to be left out, and a header again. */
async function sample(
  source: SourceFile,
  from: From,
  { memo, specification: { skipLast } }: Pick<SourceProfile, 'memo'> & Specified,
  limit: number,
): Promise<string[][]> {
  const columns = widthOf(memo)
  const records = await firstRecords(source, { ...from, columns }, limit + skipLast)
  return records
    .slice(0, Math.max(0, records.length - skipLast))
    .map((record) => record.read())
    .filter((reading) => textMessage(reading, memo, NO_BYTES) === undefined)
    .map(({ fields }) => fields)
}

type Specified = { specification: ImportSpecification }

/** Of a record that is left out nobody asks what its bytes are. */
const NO_BYTES = () => ''
