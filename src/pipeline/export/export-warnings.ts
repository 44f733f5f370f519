import { isUtf8 } from 'node:buffer'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { Message } from '../../domain/words/messages.ts'
import type { OddCell } from '../formats/delimited/writing/cell-text.ts'
import { parseEncoding } from '../encodings/encoding-names.ts'
import type { WrittenRows } from '../formats/delimited/writing/delimited-writer.ts'
import { firstInvalid } from '../encodings/decode.ts'

const NUL = '\0'
const QUOTE = 0x22
const LINE_END = 0x0a

export type WrittenPage = WrittenRows & {
  /** Records of the export before the page. */
  before: number
  columns: ColumnInfo[]
  delimiter: string
  encoding: string
}

/** What an import into the same table would refuse or change, by what it is told once for. */
export function warningsOf(page: WrittenPage, told: string[]): Map<string, Message> {
  const { text, odd, columns } = page
  const warnings = new Map<string, Message>()
  for (const cell of odd) {
    const column = columns[cell.column]
    if (column !== undefined) warn(messageOf(cell, column, page))
  }
  for (const { code, column, row, value } of page.changed ?? []) {
    const params = { column: columns[column]?.name ?? '?', record: page.before + row + 1 }
    const shown = value ?? ''
    warn({
      code,
      params:
        code === 'TLY-1105'
          ? { ...params, encoding: page.encoding, value: shown }
          : { ...params, value: shown },
    })
  }
  const nul = text.indexOf(NUL)
  if (nul !== -1) {
    const { record, column } = placeOf(page, nul)
    warn({ code: 'TLY-1031', params: { record, column, value: NUL } })
  }
  // In another encoding there are question marks, of which is told already.
  const isUnchanged = parseEncoding(page.encoding) === 'utf-8'
  if (isUnchanged && !told.includes('TLY-1030') && !isUtf8(text)) {
    const invalid = firstInvalid(text.toString('latin1'), 'utf-8')
    warn({ code: 'TLY-1030', params: placeOf(page, invalid) }, 'TLY-1030')
  }
  return warnings

  function warn(message: Message, key = `${message.code} ${message.params['column']}`): void {
    if (!told.includes(key) && !warnings.has(key)) warnings.set(key, message)
  }
}

/** Two quotes are a text that is empty, and NULL is nothing: neither shows in a sentence by itself. */
function messageOf(
  { value, row }: OddCell,
  { name, type, defaultSql }: ColumnInfo,
  { before, columns }: WrittenPage,
): Message {
  const record = before + row + 1
  const isEmptyText = columns.length === 1 && (type === 'text' || type === 'any')
  if (value === null && defaultSql !== null && !isEmptyText) {
    return { code: 'TLY-1034', params: { column: name, record } }
  }
  if (value === null && columns.length > 1) return { code: 'TLY-1134', params: { record } }
  const shown = value === null ? 'NULL' : value || '""'
  return { code: 'TLY-1031', params: { column: name, record, value: shown } }
}

/** Of a byte, by the line ends and delimiters before it that are not within quotes. */
function placeOf(
  { text, before, columns, delimiter }: WrittenPage,
  at: number,
): { record: number; column: string } {
  const between = Buffer.from(delimiter)
  let record = before + 1
  let column = 0
  let isQuoted = false
  for (let place = 0; place < at; place++) {
    const byte = text[place]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (byte === LINE_END) {
      record++
      column = 0
    } else if (text.compare(between, 0, between.length, place, place + between.length) === 0) {
      column++
    }
  }
  return { record, column: columns[column]?.name ?? '?' }
}
