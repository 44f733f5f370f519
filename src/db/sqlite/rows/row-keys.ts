import type { RowPosition } from '../../target.ts'
import type { StoredText } from './stored-text.ts'

type Value = string | number | bigint | Buffer | null

/** What rows are read in the order of, and how a place among them is written down. */
export type RowKeys = {
  columns: string[]
  /** In SQL, what tells a place, and the parameters that stand for one. */
  select: string
  bind: string
  positionOf(selected: Value[]): NonNullable<RowPosition>
  parametersOf(position: NonNullable<RowPosition>): Value[]
}

/** The rowid is never null and always in order. */
export function keysOfRowid(alias: string): RowKeys {
  return {
    columns: [alias],
    select: alias,
    bind: '(?)',
    positionOf: (selected) => selected.map((key) => `integer ${key}`),
    parametersOf: (position) => position.map((key) => BigInt(String(key).replace('integer ', ''))),
  }
}

/** A text is read and given by its bytes, since they may be no text to anybody but SQLite. */
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

/** A key goes through JSON, and comes back as the same value of the same kind. */
function keyTo(key: Value, isText: boolean, text: StoredText): string | number {
  if (typeof key === 'bigint') return `integer ${key}`
  if (!Buffer.isBuffer(key)) return Number(key)
  if (!isText) return `blob ${key.toString('hex')}`
  const decoded = text.decode(key)
  return decoded === undefined ? `bytes ${key.toString('hex')}` : `text ${decoded}`
}

/** The bytes of a text and nothing, or nothing and another value. */
function parametersFrom(key: string | number, text: StoredText): [Value, Value] {
  if (typeof key === 'number') return [null, key]
  const value = key.slice(key.indexOf(' ') + 1)
  if (key.startsWith('text ')) return [text.encode(value), null]
  if (key.startsWith('bytes ')) return [Buffer.from(value, 'hex'), null]
  return [null, key.startsWith('integer ') ? BigInt(value) : Buffer.from(value, 'hex')]
}
