import type { Message } from '../../../../domain/words/messages.ts'
import { shorten } from '../../../../domain/texts/shorten.ts'
import type { DelimitedState } from '../dialect/delimited-state.ts'

const MARK = 0xfeff

/** The error that the head implies for a readable record; undefined if there is none. */
export function headMessage(
  fields: string[],
  { header, isNamed, dropped }: DelimitedState,
): Message | undefined {
  if (isNamed && isHeader(fields, header)) return { code: 'TLY-2021', params: {} }
  if (dropped === 0) return undefined
  const at = fields.findIndex((value, index) => index >= header.length && value.trim() !== '')
  return at === -1
    ? undefined
    : { code: 'TLY-2020', params: { column: at + 1, value: shorten(fields[at] ?? '') } }
}

/** Concatenated files repeat the header, perhaps after a byte order mark. */
function isHeader(fields: string[], header: string[]): boolean {
  const [first = ''] = fields
  const isFirst =
    first === header[0] || (first.charCodeAt(0) === MARK && first.slice(1) === header[0])
  return isFirst && header.every((name, at) => at === 0 || fields[at] === name)
}
