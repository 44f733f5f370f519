import type { ListedReject } from '../../../domain/records/reject.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { foldName } from '../../values/find-name.ts'
import type { OpenedRecord, OpenedValue } from './opened-record.ts'

/** A list shows so much of a value; the opened record has more of it. */
const MAX_VALUE_UNITS = 80

type Blame = Pick<ListedReject, 'code' | 'field'>

/** What a list shows of a rejected record. */
export type Glance = {
  /** The values of its key, by which people know it. */
  key: OpenedValue[]
  /** What the message speaks against; undefined where it speaks of the whole record. */
  value: OpenedValue | undefined
}

/** Looks at no more of a record than its key, and what one message about it says is at fault. */
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

/** Where the first key says nothing, the second one serves. */
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
