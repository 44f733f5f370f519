import type { Row, Value } from '../../../domain/records/record.ts'
import { plainText } from './wire.ts'

const NULL = '\\N'
const SPECIAL = /[\\\n\r\t]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
/** Their values are cast to what needs no escape. */
export const PLAIN = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'bool', 'date']

type CellOf = (value: Value | undefined) => string

/**
 * Lines of rows in COPY's text format (postgresql.org/docs/current/sql-copy.html), with the fields at these
 * indexes.
 */
export function copyLines(
  { fields }: { fields: { type: string }[] },
  rows: Row['values'][],
  at: number[],
): string[] {
  const cells = at.map((index) => cellFor(fields[index]))
  return rows.map((values) => {
    let line = ''
    for (let place = 0; place < at.length; place++) {
      const cell = cells[place]?.(values[at[place] ?? -1]) ?? NULL
      line = place === 0 ? cell : `${line}\t${cell}`
    }
    return `${line}\n`
  })
}

function cellFor(column: { type: string } | undefined): CellOf {
  const { type = 'text' } = column ?? {}
  if (type === 'bytea') return bytesCell
  return PLAIN.includes(type) ? plainCell : textCell
}

function plainCell(value: Value | undefined): string {
  return value === undefined || value === null ? NULL : plainText(value)
}

function textCell(value: Value | undefined): string {
  if (value === undefined || value === null) return NULL
  const text = String(value)
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign) : text
}

function bytesCell(value: Value | undefined): string {
  if (value === undefined || value === null) return NULL
  return `\\\\x${Buffer.isBuffer(value) ? value.toString('hex') : value}`
}
