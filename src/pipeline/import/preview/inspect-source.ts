import type { Message } from '../../../domain/words/messages.ts'
import type { NewTable } from '../../../db/store.ts'
import type { ColumnType } from '../../../domain/records/table.ts'
import { textOfValue } from '../../values/typed-value.ts'
import { columnTypeOf } from '../plan/future-table.ts'
import { inferTable } from '../plan/infer-table.ts'
import type { ResumeState } from '../opening/resume-state.ts'
import type { SampleRecord } from '../opening/source-profile.ts'
import { tellSource } from '../opening/tell-source.ts'
import type { SeenFile } from './seen-file.ts'

const MOST_FAULTS = 20
const EXAMPLES = 3
const FIRST_RECORDS = 5
/** Maximum number of lines to show with bytes beyond ASCII. */
const HIGH_LINES = 5

export type InspectedColumnOfSource = {
  name: string
  type: ColumnType
  examples: string[]
}

/** How the beginning of a source is read, and its errors. */
export type InspectedSource = {
  memo: ResumeState
  journal: Message[]
  columns: InspectedColumnOfSource[]
  records: string[][]
  /** Sampled records that cannot be read. */
  faults: { record: number; line: number; message: Message }[]
  sampled: number
  /** Lines with non-ASCII characters, which show whether the encoding is right. */
  highLines: { line: number; text: string }[]
}

/** Tells what is to be told of the beginning of a file. */
export function inspectSource({ profile, records: sample }: SeenFile): InspectedSource {
  const { memo, reader, header, specification } = profile
  const read = sample.map((record) => ({ record, reading: record.read() }))
  const good = read.filter(({ reading }) => reading.flag === undefined)
  const records = good.map(({ reading }) => reading.fields)
  const high = good.filter(({ reading: { fields } }) =>
    fields.some((field) => /[^\p{ASCII}]/u.test(textOfValue(field))),
  )
  return {
    memo,
    journal: tellSource(profile, specification),
    columns: columnsOf(inferTable(header, records, specification, reader), records),
    records: records.slice(0, FIRST_RECORDS).map((fields) => fields.map(textOfValue)),
    faults: read
      .flatMap(({ record, reading }) => {
        const message = reader.messageOf(reading, () => record.raw)
        return message === undefined ? [] : [{ record: record.record, line: record.line, message }]
      })
      .slice(0, MOST_FAULTS),
    sampled: read.length,
    highLines: high
      .slice(0, HIGH_LINES)
      .map(({ record, reading }) => ({ line: record.line, text: reader.lineOf(reading) })),
  }
}

function columnsOf(
  { columns }: Pick<NewTable, 'columns'>,
  records: SampleRecord[],
): InspectedColumnOfSource[] {
  return columns.map(({ name, type }, at) => {
    const values = records.map((fields) => textOfValue(fields[at])).filter((text) => text !== '')
    return { name, type: columnTypeOf(type), examples: [...new Set(values)].slice(0, EXAMPLES) }
  })
}
