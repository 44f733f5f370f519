import type { Row, Value, WritePlan } from '../records/record.ts'
import { shorten } from '../texts/shorten.ts'
import { bytesOf } from './key.ts'

/** As databases write their numbers. */
const WRITTEN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?$/

/** A stored row and a record: what its fields are asked to be, and what all of them are to be. */
export type Merged = { asked: Row['values']; values: Value[]; isChanged: boolean }

export function merge(
  { options }: WritePlan,
  stored: Value[],
  row: Row,
  areBytes: boolean[],
): Merged {
  const asked = stored.map((old, index) => {
    const given = row.values[index]
    const option = options[index]
    const keeps =
      option?.onlyOnInsert === true || (option?.onlyIfEmpty === true && old !== null && old !== '')
    if (keeps || given === undefined) return undefined
    return areBytes[index] ? bytesOf(given) : given
  })
  const values = stored.map((old, index) => {
    const value = asked[index]
    return value === undefined || isEqual(old, value) ? old : value
  })
  return { asked, values, isChanged: values.some((value, index) => value !== stored[index]) }
}

/** Stored integers come as bigint; a column without a type of its own may hold a number for a text. */
export function isEqual(stored: Value, value: Value): boolean {
  if (stored === null || value === null) return stored === value
  if (Buffer.isBuffer(stored) || Buffer.isBuffer(value)) {
    return Buffer.isBuffer(stored) && Buffer.isBuffer(value) && stored.equals(value)
  }
  return typeof stored === 'string' && typeof value === 'string'
    ? stored === value
    : String(stored) === String(value) || numberWritten(value) === stored
}

/** A value in a message. */
export function shownText(value: Value): string {
  return shorten(textOf(value))
}

/** Bytes are shown as they were written. */
function textOf(value: Value): string {
  if (value === null) return 'NULL'
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
}

/** The number that is written as this text. */
export function numberWritten(value: Value): number | bigint | undefined {
  if (typeof value !== 'string' || !WRITTEN_NUMBER.test(value)) return undefined
  const number = Number(value)
  const integer = /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined
  return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : number
}
