import type { ListedReject } from '../../../domain/records/reject.ts'
import { decode } from '../../encodings/decode.ts'
import { foldName } from '../../values/find-name.ts'
import { invalidSpan, spanAt } from '../inspection/invalid-span.ts'
import {
  shownValue,
  type ErrorLocation,
  type OpenedRecord,
  type OpenedValue,
  type SourceColumn,
} from '../inspection/opened-record.ts'
import type { Span } from '../inspection/span.ts'
import { jsonFault } from '../../../domain/texts/json-fault.ts'
import { membersOf, stringAt, type Member, type Members } from './members.ts'

type Origin = { header: string[]; columns: SourceColumn[]; rest: number }

type Line = Origin & { units: string; members: Members; names: (string | undefined)[] }

/** Parses a rejected line as far as it is an object. Its text has one character per byte. */
export function openJsonRecord(raw: Buffer, origin: Origin): OpenedRecord {
  const units = raw.toString('latin1')
  const members = membersOf(units)
  const names = members.all.map(({ nameFrom, nameTo }) => textAt(units, nameFrom, nameTo))
  const line: Line = { ...origin, units, members, names }
  return {
    units,
    encoding: 'utf-8',
    columns: origin.columns,
    width: origin.columns.length,
    rest: origin.rest,
    cutUnits: 0,
    valueAt: (index, longest) => valueAt(line, index, longest),
    locate: (message) => locate(line, message),
  }
}

function valueAt(line: Line, index: number, longest: number): OpenedValue {
  const member = memberOf(line, index)
  if (member === undefined) return absenceOf(line)
  const { units } = line
  const isString = units[member.from] === '"'
  const text = isString ? textAt(units, member.from, member.to) : undefined
  const value =
    text === undefined ? units.slice(member.from, member.to) : Buffer.from(text).toString('latin1')
  return shownValue(value, longest, 'utf-8')
}

function absenceOf({ members, rest }: Line): OpenedValue {
  if (members.isWhole) return 'missing'
  return rest > 0 ? 'beyond' : 'unread'
}

function memberOf({ header, names, members }: Line, index: number): Member | undefined {
  const name = header[index]
  return name === undefined ? undefined : members.all[names.indexOf(name)]
}

/** The span and the column of the error in a message. */
function locate(line: Line, { code, field }: Pick<ListedReject, 'code' | 'field'>): ErrorLocation {
  const { units, rest } = line
  switch (code) {
    case 'TLY-2005':
      return within(line, invalidSpan(units, 'utf-8'))
    case 'TLY-2007':
      return within(line, spanAt(units.indexOf('\0')))
    case 'TLY-2030': {
      const at = jsonFault(units)
      const isAtHand = at < units.length || rest === 0
      return within(line, isAtHand ? { from: at, to: Math.min(at + 1, units.length) } : undefined)
    }
    case 'TLY-2031':
      return within(line, { from: 0, to: units.length })
    case 'TLY-2032':
      return ofMember(
        line,
        line.names.findIndex((name, at) => line.names.indexOf(name) < at),
      )
    case 'TLY-2033':
      return ofMember(
        line,
        line.members.all.findIndex((member) => isHalf(units, member)),
      )
    case 'TLY-2034':
      return ofMember(
        line,
        line.members.all.findIndex((member) => hasNul(units, member)),
      )
    default:
      return inField(line, field)
  }
}

function isHalf(units: string, { from, to }: Member): boolean {
  return units[from] === '"' && textAt(units, from, to)?.isWellFormed() === false
}

function hasNul(units: string, { from, to }: Member): boolean {
  return units[from] === '"' && textAt(units, from, to)?.includes('\0') === true
}

function ofMember({ members, names, header }: Line, at: number): ErrorLocation {
  const member = members.all[at]
  const column = header.indexOf(names[at] ?? '')
  return {
    span: member && { from: member.nameFrom, to: member.to },
    column: column === -1 ? undefined : column,
  }
}

function within({ members, names, header }: Line, span: Span | undefined): ErrorLocation {
  const at = span && members.all.findIndex(({ from, to }) => from <= span.from && span.from < to)
  const column = at === undefined || at === -1 ? -1 : header.indexOf(names[at] ?? '')
  return { span, column: column === -1 ? undefined : column }
}

/** If the table no longer exists, a column counts as the field of the same name. */
function inField(line: Line, field: string | null): ErrorLocation {
  const column = line.columns.findIndex(
    (one) => field !== null && foldName(one.field ?? one.name) === foldName(field),
  )
  if (column === -1) return { span: undefined, column: undefined }
  const member = memberOf(line, column)
  return { span: member && { from: member.from, to: member.to }, column }
}

/** The decoded string in a range of bytes; undefined if it is invalid. */
function textAt(units: string, from: number, to: number): string | undefined {
  const [text, ...others] = decode(units.slice(from, to), 'utf-8')
  if (typeof text !== 'string' || others.length > 0) return undefined
  return stringAt(text, 0, text.length)
}
