import type { RecordReading, SourceReader, SourceRecord } from '../../formats/source-reader.ts'
import { memoOfRecord, readersOf } from '../opening/files-of-memo.ts'
import { columnPlaces } from '../opening/column-places.ts'
import type { ResumeState } from '../opening/resume-state.ts'

/**
 * How each record of a job is read and rewritten, with its values in the columns of the first file,
 * whatever their order in its own.
 */
export function readersInColumns(memo: ResumeState): (record: number) => SourceReader {
  const readerOf = readersOf(memo)
  if (memo.others.length === 0) return readerOf
  return (record) => inColumns(readerOf(record), memoOfRecord(memo, record), memo.header)
}

function inColumns(reader: SourceReader, own: ResumeState, first: string[]): SourceReader {
  const places = columnPlaces(first, own.header)
  if (places.every((at, index) => at === index)) return reader
  return {
    ...reader,
    again(stored) {
      const record = reader.again(stored)
      return record && reordered(record, places)
    },
    rewrite(raw, changes) {
      const moved = [...changes].map(([column, text]) => [places[column] ?? -1, text] as const)
      return reader.rewrite(raw, new Map(moved.filter(([column]) => column !== -1)))
    },
    composer(names) {
      const columns = allColumns(own)
      const compose = reader.composer(columns)
      const back = columnPlaces(columns, names)
      return compose && ((reading) => compose(moveTo(back, reading)))
    },
  }
}

/** In which column of its own file a record has each column of the first. */
export function placesOfRecord(memo: ResumeState, record: number): number[] {
  return columnPlaces(memo.header, memoOfRecord(memo, record).header)
}

/** The columns of each record, with the empty ones behind the names. */
export function allColumns(memo: ResumeState): string[] {
  const dropped = memo.format === 'delimited' ? memo.dropped : 0
  return [...memo.header, ...Array<string>(dropped).fill('')]
}

/** Gives records of a file their values in the columns of the first one. */
export function inColumnsOf(
  first: string[],
  own: ResumeState,
): (record: SourceRecord) => SourceRecord {
  const places = columnPlaces(first, own.header)
  if (places.every((at, index) => at === index)) return (record) => record
  return (record) => reordered(record, places)
}

function reordered(source: SourceRecord, places: number[]): SourceRecord {
  const { record, line, offset, raw, bytes, attempt } = source
  const read = () => moveTo(places, source.read())
  return { record, line, offset, raw, bytes, attempt, read }
}

/** A record that cannot be read stays as it is. */
export function moveTo(places: number[], reading: RecordReading): RecordReading {
  const { flag, fields, emptyTexts } = reading
  if (flag !== undefined) return reading
  const isEmptyText = (at: number) => emptyTexts?.has(at) === true
  return {
    flag,
    fields: places.map((at) => fields[at]),
    emptyTexts: new Set(places.flatMap((at, index) => (isEmptyText(at) ? [index] : []))),
  }
}
