import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import type { Message } from '../../../domain/words/messages.ts'
import type { NewTable } from '../../../db/store.ts'
import { firstRecords } from '../../formats/delimited/dialect/first-records.ts'
import { tellHead } from '../../formats/delimited/head/tell-head.ts'
import { inferTable } from './infer-table.ts'
import type { ResumeState } from './import-plan.ts'
import { openImport } from './source-profile.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { widthOf } from '../../formats/delimited/head/source-head.ts'
import { textMessage } from '../text-message.ts'

const MOST_RECORDS = 1_000
const MOST_FAULTS = 20
const EXAMPLES = 3
const FIRST_RECORDS = 5
/** Of lines whose bytes may be read in another way, so many are shown. */
const HIGH_LINES = 5

export type InspectedColumnOfSource = {
  name: string
  type: NewTable['columns'][number]['type']
  examples: string[]
}

/** What the beginning of a source shows: how it would be read, and what is wrong there. */
export type InspectedSource = {
  memo: ResumeState
  journal: Message[]
  columns: InspectedColumnOfSource[]
  records: string[][]
  /** Records of the sample that cannot be read. */
  faults: { record: number; line: number; message: Message }[]
  sampled: number
  /** Lines with characters beyond ASCII, which tell whether the encoding is right. */
  highLines: { line: number; text: string }[]
}

/** Looks at the beginning of a file alone, and at no database. */
export async function inspectSource(
  source: SourceFile,
  specification: ImportSpecification,
): Promise<InspectedSource> {
  const { memo, header, start, notes } = await openImport(specification, source, undefined)
  const columns = header.length === 0 ? undefined : widthOf(memo)
  const sample = await firstRecords(source, { ...memo, ...start, columns }, MOST_RECORDS)
  const read = sample.map((record) => ({ record, ...record.read() }))
  const good = read.filter(({ flag }) => flag === undefined)
  const records = good.map(({ fields }) => fields)
  const high = good.filter(({ fields }) => fields.some((field) => /[^\p{ASCII}]/u.test(field)))
  return {
    memo,
    journal: tellHead({ memo, header, notes }, specification),
    columns: columnsOf(header, records, specification),
    records: records.slice(0, FIRST_RECORDS),
    faults: read
      .flatMap(({ record, ...reading }) => {
        const message = textMessage(reading, memo, () => record.raw)
        return message === undefined ? [] : [{ record: record.record, line: record.line, message }]
      })
      .slice(0, MOST_FAULTS),
    sampled: read.length,
    highLines: high
      .slice(0, HIGH_LINES)
      .map(({ record, fields }) => ({ line: record.line, text: fields.join(memo.delimiter) })),
  }
}

function columnsOf(
  header: string[],
  records: string[][],
  specification: ImportSpecification,
): InspectedColumnOfSource[] {
  const { columns } = inferTable(header, records, specification)
  return columns.map(({ name, type }, at) => {
    const values = records.map((fields) => fields[at] ?? '').filter((text) => text !== '')
    return { name, type, examples: [...new Set(values)].slice(0, EXAMPLES) }
  })
}
