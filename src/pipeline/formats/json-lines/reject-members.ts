import { isUtf8 } from 'node:buffer'
import type { Reject } from '../../../domain/records/reject.ts'
import { isRejectColumn, rejectColumns, valuesOfReject } from '../reject-columns.ts'
import type { RecordReading, RejectsExport } from '../source-reader.ts'
import { TypedValue, type SourceValue } from '../../values/typed-value.ts'
import { membersOf, stringAt } from './members.ts'

/** A rejected line with its place and its reason as last members; a damaged one as it is. */
export function withReason(reject: Reject, wanted: RejectsExport): Buffer {
  const line = reject.raw.toString('utf8')
  if (!isUtf8(reject.raw) || !isObject(line)) return reject.raw
  const values = valuesOfReject(reject, wanted)
  const added = rejectColumns(wanted).map((name, at) => memberOf(name, JSON.stringify(values[at])))
  const own = ownMembers(line)
  const separator = own.isEmpty ? '' : ','
  return Buffer.from(`${own.text}${separator}${added.join(',')}}`)
}

/** An object of these values, without those that are missing. */
export function objectOf({ fields }: RecordReading, names: string[]): Buffer {
  const members = names.flatMap((name, at) => {
    const value = fields[at]
    return value === undefined ? [] : [memberOf(name, tokenOf(value))]
  })
  return Buffer.from(`{${members.join(',')}}`)
}

function memberOf(name: string, token: string): string {
  return `${JSON.stringify(name)}:${token}`
}

function tokenOf(value: SourceValue): string {
  if (!(value instanceof TypedValue)) return JSON.stringify(value)
  return value.kind === 'null' ? 'null' : value.text
}

/** A line up to the end of its object, without the members of an earlier export. */
function ownMembers(line: string): { text: string; isEmpty: boolean } {
  const { all } = membersOf(line)
  const own = all.filter(
    ({ nameFrom, nameTo }) => !isRejectColumn(stringAt(line, nameFrom, nameTo)),
  )
  const isEmpty = own.length === 0
  if (own.length === all.length) return { text: line.slice(0, line.lastIndexOf('}')), isEmpty }
  const members = own.map(({ nameFrom, to }) => line.slice(nameFrom, to))
  return { text: `{${members.join(',')}`, isEmpty }
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
