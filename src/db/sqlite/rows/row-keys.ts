import type { RowPosition } from '../../export-rows.ts'
import type { StoredText } from './stored-text.ts'

type KeyValue = string | number | bigint | Buffer | null

/** The sort key of the rows, and how a position among them is serialized. */
export type RowKeys = {
  columns: string[]
  /** SQL that selects a position, and SQL with the parameters that bind one. */
  select: string
  bind: string
  positionOf(selected: KeyValue[]): NonNullable<RowPosition>
  parametersOf(position: NonNullable<RowPosition>): KeyValue[]
}

/** The rowid is never null and always ordered. */
export function keysOfRowid(alias: string): RowKeys {
  return {
    columns: [alias],
    select: alias,
    bind: '(?)',
    positionOf: (selected) => selected.map((key) => `integer ${key}`),
    parametersOf: (position) => position.map((key) => BigInt(String(key).replace('integer ', ''))),
  }
}

/** Text keys are read and bound as bytes, since only SQLite may accept them as text. */
export function keysOfColumns(columns: string[], text: StoredText): RowKeys {
  return {
    columns,
    select: columns.map(asBytes).join(', '),
    bind: `(${columns.map(() => 'coalesce(cast(? as text), ?)').join(', ')})`,
    positionOf: (selected) =>
      columns.map((_, at) => keyTo(selected[2 * at] ?? null, selected[2 * at + 1] === 1n, text)),
    parametersOf: (position) => position.flatMap((key) => parametersFrom(key, text)),
  }
}

function asBytes(column: string): string {
  const isText = `typeof(${column}) = 'text'`
  return `iif(${isText}, cast(${column} as blob), ${column}), ${isText}`
}

/** Serializes a key for JSON so that the same value of the same type comes back. */
function keyTo(key: KeyValue, isText: boolean, text: StoredText): string | number {
  if (typeof key === 'bigint') return `integer ${key}`
  if (!Buffer.isBuffer(key)) return Number(key)
  if (!isText) return `blob ${key.toString('hex')}`
  const decoded = text.decode(key)
  return decoded === undefined ? `bytes ${key.toString('hex')}` : `text ${decoded}`
}

/** The bytes of a text and null, or null and a value of another type. */
function parametersFrom(key: string | number, text: StoredText): [KeyValue, KeyValue] {
  if (typeof key === 'number') return [null, key]
  const value = key.slice(key.indexOf(' ') + 1)
  if (key.startsWith('text ')) return [text.encode(value), null]
  if (key.startsWith('bytes ')) return [Buffer.from(value, 'hex'), null]
  return [null, key.startsWith('integer ') ? BigInt(value) : Buffer.from(value, 'hex')]
}
