import type { TextPosition } from '../../../domain/jobs/checkpoint.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { foldName } from '../../values/find-name.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { SCAN_BLOCK_BYTES } from '../limits.ts'
import { openRecords } from '../open-records.ts'
import type { OpenRecords, RecordReading, SourceReader, SourceRecord } from '../source-reader.ts'
import { firstRecords } from './detection/first-records.ts'
import { tellDialect } from './detection/tell-dialect.ts'
import { dialect as dialectSchema, type GivenDialect } from './dialect/dialect.ts'
import { widthOf, type DelimitedState } from './dialect/delimited-state.ts'
import { describeDelimited } from './describe-delimited.ts'
import { strayedAfter, strayedMessage } from './head/strayed.ts'
import { textMessage } from './head/text-message.ts'
import { openRecord } from './inspection/opened-record.ts'
import { maskColumns } from './rejects/mask-columns.ts'
import { exportRejects } from './rejects/export-rejects.ts'
import { rewriteRecord } from './writing/rewrite-record.ts'
import { scannerFor } from './tokenizer/delimited.ts'
import type { RecordText } from './tokenizer/record-text.ts'
import type { DelimitedOptions } from './tokenizer/window-scanner.ts'
import type { PostponedRecord } from '../../../db/store.ts'

/** Reads and describes a source of delimited text. */
export function delimitedReader(state: DelimitedState): SourceReader {
  const columns = state.header.length === 0 ? undefined : widthOf(state)
  const dialect = { ...dialectSchema.parse(state), columns }
  const composed = ({ fields, emptyTexts }: RecordReading) =>
    rewriteRecord(
      { flag: undefined, fields: fields.map(textOfValue), emptyTexts },
      new Map(),
      dialect,
    )
  return {
    isTyped: false,
    open(source: SourceFile, from: TextPosition, isStop): OpenRecords {
      const scanner = scannerFor({ ...from, ...dialect, blockBytes: SCAN_BLOCK_BYTES })
      return openRecords(source, from.offset, scanner, isStop)
    },
    first: (source: SourceFile, from: TextPosition, limit) =>
      firstRecords(source, { ...dialect, ...from }, limit),
    again: (stored) => readAgain(stored, dialect),
    messageOf: (reading: RecordText, raw) => textMessage(reading, state, raw),
    follow: strayedAfter,
    atEnd: (seen) => strayedMessage(seen, state),
    tell: () => tellDialect(state),
    describe: () => describeDelimited(state),
    rewrite(raw, changes) {
      const record = scannedIn(raw, { offset: 0, line: 1, record: 0 }, dialect)
      return rewriteRecord(record?.read() ?? { flag: undefined, fields: [] }, changes, dialect)
    },
    composer: (names) => (isHeader(names, state) ? composed : undefined),
    lineOf: ({ fields }) => fields.join(state.delimiter),
    openRejected: (raw, known, rest) => openRecord(raw, { columns: known, dialect: state, rest }),
    mask: (raw, masked) => maskColumns(raw, masked, state),
    exportRejects: (wanted) => exportRejects({ ...wanted, memo: state }),
    contentType: state.delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
  }
}

/** Whether a file with these columns has those of the source, also the empty ones behind them. */
function isHeader(names: string[], { header, dropped }: DelimitedState): boolean {
  const isWide = names.length === widthOf({ header, dropped })
  return isWide && header.every((name, at) => foldName(name) === foldName(names[at] ?? ''))
}

type PostponedDialect = GivenDialect & Pick<DelimitedOptions, 'columns'>

function readAgain(stored: PostponedRecord, dialect: PostponedDialect): SourceRecord | undefined {
  const { offset, line, raw, attempt } = stored
  const record = scannedIn(raw, { offset, line, record: stored.record - 1 }, dialect)
  if (record !== undefined) record.attempt = attempt
  return record
}

/** The first record in these bytes. */
function scannedIn(raw: Buffer, before: TextPosition, dialect: PostponedDialect) {
  const scanner = scannerFor({ ...dialect, ...before })
  scanner.append(raw)
  scanner.end()
  scanner.scan()
  return scanner.next()
}
