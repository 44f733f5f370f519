import { isUtf8 } from 'node:buffer'
import type { ColumnInfo } from '../../domain/records/table.ts'
import type { Message } from '../../domain/words/messages.ts'
import { parseEncoding } from '../encodings/encoding-names.ts'
import type { WrittenPage } from './row-writer.ts'
import type { OddCell } from './written-rows.ts'
import { firstInvalid } from '../encodings/decode.ts'

const NUL = '\0'

/** A page, with facts about its table and format. */
export type WarnedPage = WrittenPage & {
  columns: ColumnInfo[]
  encoding: string
  /** The record and the column of a byte offset in the text. */
  placeOf(at: number): { record: number; column: string }
}

/**
 * Warnings about what an import into the same table would refuse or change, by the key that makes
 * each unique.
 */
export function warningsOf(page: WarnedPage, told: string[]): Map<string, Message> {
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
    const { record, column } = page.placeOf(nul)
    warn({ code: 'TLY-1031', params: { record, column, value: NUL } })
  }
  // Other encodings have question marks, which are already reported.
  const isUnchanged = parseEncoding(page.encoding) === 'utf-8'
  if (isUnchanged && !told.includes('TLY-1030') && !isUtf8(text)) {
    const invalid = firstInvalid(text.toString('latin1'), 'utf-8')
    warn({ code: 'TLY-1030', params: page.placeOf(invalid) }, 'TLY-1030')
  }
  return warnings

  function warn(message: Message, key = `${message.code} ${message.params['column']}`): void {
    if (!told.includes(key) && !warnings.has(key)) warnings.set(key, message)
  }
}

/**
 * Shows an empty text as two quotes and NULL by its name, because neither is visible in a sentence.
 */
function messageOf(
  { value, row }: OddCell,
  { name, type, defaultSql }: ColumnInfo,
  { before, columns }: WarnedPage,
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
