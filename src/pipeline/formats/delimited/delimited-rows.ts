import { z } from 'zod'
import { packRow, type EncodedRows } from '../../../db/packed.ts'
import type { Message } from '../../../domain/words/messages.ts'
import { textEncoder } from '../../encodings/text-encoder.ts'
import { writableEncoding } from '../../encodings/writable-encoding.ts'
import type { FirstPage, FirstRows, RowWriter, WrittenTable } from '../row-writer.ts'
import type { DelimitedExport } from '../../../domain/specification/specification.ts'
import { warningsOf } from '../write-warnings.ts'
import type { WrittenRows } from '../written-rows.ts'
import { encodingWarning, markOf, showsDialect } from './detection/shows-dialect.ts'
import { rowsWriter } from './writing/delimited-writer.ts'
import { cellPlaceOf } from './writing/place-of.ts'
import { withPlainStart } from './writing/plain-start.ts'
import { databaseRows } from './writing/database-rows.ts'
import { isShaped, packLoosely, shapedWriter } from './writing/shaped-writer.ts'

/** The stored state of a result in delimited text. */
export const delimitedResult = z.object({
  format: z.literal('delimited'),
  /** Whether to quote values with any character that sniffing may take for a delimiter. */
  isCareful: z.boolean().default(false),
})

type DelimitedTable = WrittenTable & { specification: DelimitedExport }

/** Writes rows as delimited text. */
export function delimitedRows(table: DelimitedTable, isCareful: boolean): RowWriter {
  const { specification, columns } = table
  const { delimiter, encoding, header } = specification
  const write = writerFor(table, isCareful)
  const state: z.infer<typeof delimitedResult> = { format: 'delimited', isCareful }
  const begun = (written: WrittenRows, isStart: boolean): WrittenRows =>
    isStart && !header ? { ...written, text: withPlainStart(written.text, delimiter) } : written
  const isPlain = !isShaped(specification) && !isCareful && Buffer.byteLength(delimiter) === 1
  return {
    state,
    isLoose: isShaped(specification),
    write(page, isStart) {
      const written = write(page)
      return written && begun(written, isStart)
    },
    delimited: isPlain
      ? {
          separator: delimiter,
          take: (page, isStart) => begun(databaseRows(page, delimiter), isStart),
        }
      : undefined,
    encode: textEncoder(writableEncoding(encoding)),
    warningsOf: (page, told) =>
      warningsOf(
        {
          ...page,
          columns,
          encoding,
          placeOf: (at) => cellPlaceOf({ ...page, columns, delimiter }, at),
        },
        told,
      ),
  }
}

/**
 * The header and the first page. If sniffing would find another delimiter in them, they are
 * rewritten with more quotes, and so are all later rows.
 */
export async function beginDelimited(
  table: DelimitedTable,
  firstPage: FirstPage,
): Promise<FirstRows> {
  const { specification, columns } = table
  const begin = async (isCareful: boolean) => {
    const writer = delimitedRows(table, isCareful)
    const page = await firstPage(writer)
    const names = specification.header ? namesOf(table, isCareful) : NOTHING
    const isShown = showsDialect(Buffer.concat([names.text, page.text]), specification)
    return { writer, page, names, isShown }
  }
  const usual = await begin(false)
  const { writer, page, names, isShown } = usual.isShown ? usual : await begin(true)
  const head = Buffer.concat([markOf(specification), names.text])
  const isUnknown = !isShown && columns.length > 1
  const { delimiter } = specification
  const warnings: Message[] = isUnknown ? [{ code: 'TLY-1035', params: { delimiter } }] : []
  warnings.push(...encodingWarning(Buffer.concat([head, page.text]), specification))
  // The names come before the first record.
  warnings.push(...writer.warningsOf({ ...names, before: -1 }, []).values())
  return { writer, head, warnings }
}

const NOTHING: WrittenRows = { text: Buffer.alloc(0), odd: [] }

function namesOf(table: DelimitedTable, isCareful: boolean): WrittenRows {
  const { specification, columns } = table
  const names = columns.map(({ name }) => name)
  const packed = isShaped(specification) ? packLoosely(names) : packRow(names)
  const written = writerFor(table, isCareful)(packed)
  if (written === undefined) throw new Error('the names of the columns are no row')
  return { ...written, text: withPlainStart(written.text, specification.delimiter) }
}

function writerFor(
  { specification, columns }: DelimitedTable,
  isCareful: boolean,
): (page: EncodedRows) => WrittenRows | undefined {
  const dialect = { delimiter: specification.delimiter, columns: columns.length, isCareful }
  return isShaped(specification)
    ? shapedWriter({ ...specification, ...dialect })
    : rowsWriter(dialect)
}
