import { isUtf8 } from 'node:buffer'
import type { Reject } from '../../../domain/records/reject.ts'
import {
  isRejectColumn,
  RAW_COLUMN,
  REJECT_COLUMNS,
  rejectColumns,
  valuesOfReject,
} from '../reject-columns.ts'
import type { RecordReading, RejectsExport } from '../source-reader.ts'
import { TypedValue, type SourceValue } from '../../values/typed-value.ts'
import { membersOf, stringAt, type Member } from './members.ts'

/**
 * A rejected line with its place and its reason as last members. One that is no object is the text
 * of a member before them, to be corrected there.
 */
export function withReason(reject: Reject, wanted: RejectsExport): Buffer {
  const line = reject.raw.toString('utf8')
  const values = valuesOfReject(reject, wanted)
  const added = rejectColumns(wanted).map((name, at) => memberOf(name, JSON.stringify(values[at])))
  const isWhole = isUtf8(reject.raw) && isObject(line)
  const own = ownMembers(isWhole ? line : `{${memberOf(RAW_COLUMN, JSON.stringify(line))}}`)
  const separator = own.isEmpty ? '' : ','
  return Buffer.from(`${own.text}${separator}${added.join(',')}}`)
}

/**
 * An object of these values, without those that are missing, and without the text of an exported
 * line that was left beside its columns.
 */
export function objectOf({ fields }: RecordReading, names: string[], header: string[]): Buffer {
  const members = names.flatMap((name, at) => {
    const value = fields[at]
    const isLeft = name === RAW_COLUMN && !header.includes(name)
    return value === undefined || isLeft ? [] : [memberOf(name, tokenOf(value))]
  })
  return Buffer.from(`{${members.join(',')}}`)
}

/**
 * Text of a rejected line that is no object: an export has it as a value, beside the reasons. Where
 * somebody wrote the columns of the record beside it, these count; undefined then.
 */
export function wrappedText(line: string): string | undefined {
  if (!line.includes(RAW_COLUMN)) return undefined
  const { own, added } = parted(line)
  const [text, ...others] = own
  const names = new Set(added.map((member) => nameOf(line, member)))
  const isExported = REJECT_COLUMNS.every((name) => names.has(name))
  if (!isExported || text === undefined || others.length > 0) return undefined
  const isText = nameOf(line, text) === RAW_COLUMN && line[text.from] === '"'
  return isText ? stringAt(line, text.from, text.to) : undefined
}

/** The object of a corrected text, with the reasons that stood beside it. */
export function unwrapped(line: string, text: string): string {
  const inner = parted(text).own.map((member) => textOf(text, member))
  const reasons = parted(line).added.map((member) => textOf(line, member))
  return `{${[...inner, ...reasons].join(',')}}`
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
  const { own, added } = parted(line)
  const isEmpty = own.length === 0
  if (added.length === 0) return { text: line.slice(0, line.lastIndexOf('}')), isEmpty }
  return { text: `{${own.map((member) => textOf(line, member)).join(',')}`, isEmpty }
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The members of an object, and those that an export of rejects has added. */
function parted(line: string): { own: Member[]; added: Member[] } {
  const { all } = membersOf(line)
  const { true: added = [], false: own = [] } = Object.groupBy(all, (member) =>
    isRejectColumn(nameOf(line, member)) ? 'true' : 'false',
  )
  return { own, added }
}

function nameOf(line: string, { nameFrom, nameTo }: Member): string | undefined {
  return stringAt(line, nameFrom, nameTo)
}

function textOf(line: string, { nameFrom, to }: Member): string {
  return line.slice(nameFrom, to)
}
