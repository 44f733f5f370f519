import type { ListedReject } from '../../../domain/records/reject.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { foldName } from '../../values/find-name.ts'
import type { OpenedRecord, OpenedValue } from './opened-record.ts'

/** Maximum length of a value in a list; the opened record shows more. */
const MAX_VALUE_UNITS = 80

type Blame = Pick<ListedReject, 'code' | 'field'>

/** The summary of a rejected record in a list. */
export type Glance = {
  /** The values of its key, which identify it for people. */
  key: OpenedValue[]
  /** The value that the message is about; undefined if it is about the whole record. */
  value: OpenedValue | undefined
}

/** Reads only the key of a record and the value that one message is about. */
export function glanceAt(
  record: OpenedRecord,
  blame: Blame,
  keys: Pick<ImportSpecification, 'key' | 'secondKey'>,
): Glance {
  const { column } = record.locate(blame)
  return {
    key: keyOf(record, keys),
    value: column === undefined ? undefined : record.valueAt(column, MAX_VALUE_UNITS),
  }
}

/** Falls back to the second key if the first is blank. */
function keyOf(
  record: OpenedRecord,
  { key, secondKey }: Pick<ImportSpecification, 'key' | 'secondKey'>,
): OpenedValue[] {
  const first = valuesOf(record, key)
  return secondKey.length > 0 && first.every(isBlank) ? valuesOf(record, secondKey) : first
}

function valuesOf(record: OpenedRecord, fields: string[]): OpenedValue[] {
  return fields.map((field) => {
    const name = foldName(field)
    const index = record.columns.findIndex((one) => foldName(one.field ?? one.name) === name)
    return index === -1 ? 'missing' : record.valueAt(index, MAX_VALUE_UNITS)
  })
}

function isBlank(value: OpenedValue): boolean {
  return typeof value === 'string' || value.pieces.length === 0
}
