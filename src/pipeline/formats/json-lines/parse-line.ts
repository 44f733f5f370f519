import { NULL_VALUE, TypedValue, type SourceValue } from '../../values/typed-value.ts'
import type { LineFlag, ParseLine } from '../lines/line-record.ts'
import type { RecordReading } from '../source-reader.ts'
import { jsonFault } from '../../../domain/texts/json-fault.ts'
import { membersOf, stringAt } from './members.ts'
import { REJECT_COLUMNS } from '../reject-columns.ts'
import { unwrapped, wrappedText } from './reject-members.ts'

/** Why a line is not a record, with the parameters of its message: a name, or a place from 1. */
type Refusal =
  | { flag: 'no_object' }
  | { flag: 'name_twice' | 'half_character' | 'nul_character'; name: string }
  | { flag: 'no_json'; place: number }

export type JsonReading = RecordReading & (Refusal | { flag: undefined } | { flag: LineFlag })

const TRUE = new TypedValue('boolean', 'true')
const FALSE = new TypedValue('boolean', 'false')

/**
 * Returns a function that parses a line as an object (RFC 8259). Values keep their text: a number
 * does not become a double, and an object or array stays JSON. Duplicate names reject the record,
 * since a parser may take either value.
 * @param header names of the columns; other names are reported
 */
export function lineParser(header: readonly string[]): ParseLine {
  const columns = new Map(header.map((name, index) => [name, index]))
  return (given): JsonReading => {
    const { text, fault: found } = objectIn(given)
    if (found !== undefined) return found

    const fields: (SourceValue | undefined)[] = Array.from({ length: columns.size })
    const unknown: string[] = []
    const names = new Set<string>()
    const emptyTexts = new Set<number>()
    for (const { nameFrom, nameTo, from, to } of membersOf(text).all) {
      const name = stringAt(text, nameFrom, nameTo) ?? ''
      if (names.size === names.add(name).size) return refused({ flag: 'name_twice', name })
      const value = valueAt(text, from, to)
      const fault = typeof value === 'string' ? faultOfText(value, name) : undefined
      if (fault !== undefined) return fault
      const index = columns.get(name)
      if (index === undefined) unknown.push(name)
      else {
        fields[index] = value
        if (value === '') emptyTexts.add(index)
      }
    }
    return {
      flag: undefined,
      fields,
      emptyTexts: emptyTexts.size > 0 ? emptyTexts : undefined,
      unknown: unknown.length > 0 ? unknown : undefined,
    }
  }
}

/**
 * The object in a line. One that an export of rejects has as text is read from that, once it is
 * corrected; until then, its reasons can be told from its names alone.
 */
export function objectIn(line: string): { text: string; fault: JsonReading | undefined } {
  const fault = faultOf(line)
  const wrapped = fault === undefined ? wrappedText(line) : undefined
  if (wrapped === undefined) return { text: line, fault }
  // It stands for bytes that were no text, so nobody has written what is meant.
  const unread = wrapped.indexOf('\ufffd')
  const left = unread === -1 ? faultOf(wrapped) : refused({ flag: 'no_json', place: unread + 1 })
  if (left !== undefined) return { text: line, fault: { ...left, unknown: REJECT_COLUMNS } }
  return { text: unwrapped(line, wrapped), fault: undefined }
}

/** Checks with the built-in parser that the line is an object. */
function faultOf(text: string): JsonReading | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? undefined : refused({ flag: 'no_object' })
  } catch {
    return refused({ flag: 'no_json', place: jsonFault(text) + 1 })
  }
}

/** Refuses text that cannot be stored: NUL, or a lone surrogate. */
function faultOfText(value: string, name: string): JsonReading | undefined {
  if (value.includes('\0')) return refused({ flag: 'nul_character', name })
  return value.isWellFormed() ? undefined : refused({ flag: 'half_character', name })
}

function refused(why: Refusal): JsonReading {
  return { ...why, fields: [] }
}

function valueAt(text: string, from: number, to: number): SourceValue {
  switch (text[from]) {
    case '"':
      return stringAt(text, from, to) ?? ''
    case 't':
      return TRUE
    case 'f':
      return FALSE
    case 'n':
      return NULL_VALUE
    case '{':
    case '[':
      return new TypedValue('json', text.slice(from, to))
    default:
      return new TypedValue('number', text.slice(from, to))
  }
}
