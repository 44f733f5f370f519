import type { Row, Value, WritePlan } from '../records/record.ts'
import { shorten } from '../texts/shorten.ts'
import { keyBytesOf } from './key.ts'

/** Numbers in the form in which databases print them. */
const WRITTEN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?$/

/**
 * A stored row merged with a record: `asked` holds the values that the record sets, `values` the
 * whole new row.
 */
export type Merged = { asked: Row['values']; values: Value[]; isChanged: boolean }

export function merge(
  { options }: WritePlan,
  stored: Value[],
  row: Row,
  areBytes: boolean[],
): Merged {
  // A driver that compared them found no difference.
  if (stored === row.values) return { asked: stored, values: stored, isChanged: false }
  const asked: Row['values'] = []
  const values: Value[] = []
  let isChanged = false
  for (let index = 0; index < stored.length; index++) {
    const old = stored[index] ?? null
    const given = row.values[index]
    const option = options[index]
    const keeps =
      option?.onlyOnInsert === true || (option?.onlyIfEmpty === true && old !== null && old !== '')
    const value =
      keeps || given === undefined ? undefined : areBytes[index] ? keyBytesOf(given) : given
    const isSame = value === undefined || value === old || isEqual(old, value)
    asked.push(value)
    values.push(isSame ? old : value)
    if (!isSame) isChanged = true
  }
  return { asked, values, isChanged }
}

/**
 * Stored integers are bigints; a column without a declared type may hold a number where the record
 * has text.
 */
export function isEqual(stored: Value, value: Value): boolean {
  if (stored === null || value === null) return stored === value
  if (Buffer.isBuffer(stored) || Buffer.isBuffer(value)) {
    return Buffer.isBuffer(stored) && Buffer.isBuffer(value) && stored.equals(value)
  }
  return typeof stored === 'string' && typeof value === 'string'
    ? stored === value
    : String(stored) === String(value) || numberWritten(value) === stored
}

/** A value as a message shows it, shortened. */
export function shownText(value: Value): string {
  return shorten(textOf(value))
}

/** Bytes are shown as hexadecimal digits, as in the source. */
function textOf(value: Value): string {
  if (value === null) return 'NULL'
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

/** The number that this text represents in the form of databases; undefined for any other text. */
export function numberWritten(value: Value): number | bigint | undefined {
  if (typeof value !== 'string' || !WRITTEN_NUMBER.test(value)) return undefined
  const number = Number(value)
  const integer = /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined
  return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : number
}
