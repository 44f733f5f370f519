import { LONGEST_SHOWN, shorten } from '../../../domain/texts/shorten.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { tellSource } from '../opening/tell-source.ts'
import { decoderFor } from '../../encodings/encoding.ts'
import { textOfValue } from '../../values/typed-value.ts'
import type { SeenFile } from './seen-file.ts'

/** A record as it is read; `fault` says why it cannot be. */
export type PreviewRecord = {
  record: number
  line: number
  values: string[]
  /** Its text, where it cannot be read. */
  raw: string
  fault: Message | undefined
}

/** How a source is read, and its first records. */
export type SourcePreview = {
  /** The dialect, as JSON output has it. */
  dialect: Record<string, unknown>
  /** What was detected, as journal messages. */
  told: Message[]
  names: string[]
  /** Whether the names are those of a header. */
  isNamed: boolean
  records: PreviewRecord[]
  /** Number of records read, and of those that cannot be read. */
  read: number
  faults: number
  /** Number of records of the file: exact or estimated; undefined if it cannot be told. */
  count: { records: number; isExact: boolean } | undefined
  /** Size of the file in bytes. */
  size: number
}

/** Maximum number of unreadable records shown besides the first. */
const MOST_FAULTS = 10

/** Shows the first `most` records, and the first of the others that cannot be read. */
export function previewSource(preview: SeenFile, most: number): SourcePreview {
  const { profile, names, records, size } = preview
  const { reader, specification, memo } = profile
  const text = decoderFor(memo.encoding)
  const read = records.map((record): PreviewRecord => {
    const reading = record.read()
    const fault = reader.messageOf(reading, () => record.raw)
    return {
      record: record.record,
      line: record.line,
      values: names.map((_, at) => shorten(textOfValue(reading.fields[at]), LONGEST_SHOWN)),
      raw: fault === undefined ? '' : shorten(text(record.raw) ?? record.raw, LONGEST_SHOWN),
      fault,
    }
  })
  return {
    dialect: reader.describe(),
    told: tellSource(profile, specification),
    names,
    isNamed: specification.header || specification.columns.length > 0,
    records: [
      ...read.slice(0, most),
      ...read
        .slice(most)
        .filter(({ fault }) => fault !== undefined)
        .slice(0, MOST_FAULTS),
    ],
    read: read.length,
    faults: read.filter(({ fault }) => fault !== undefined).length,
    count: countOf(preview),
    size,
  }
}

/** By the share of the file that the records read take; a compressed file does not tell. */
function countOf({ profile, records, isCut, size }: SeenFile): SourcePreview['count'] {
  const { start, memo } = profile
  const last = records.at(-1)
  if (memo.source.gzip || start.offset === null) return undefined
  if (last === undefined || (!isCut && isAtEnd(last, size))) {
    return { records: records.length, isExact: true }
  }
  const bytes = last.offset + last.bytes - start.offset
  const all = Math.round((records.length * (size - start.offset)) / Math.max(1, bytes))
  return { records: all, isExact: false }
}

/** A file may end in empty lines and, if some records are left out, in these. */
const AT_END = 4

function isAtEnd({ offset, bytes }: SeenFile['records'][number], size: number): boolean {
  return offset + bytes + AT_END >= size
}
