import type { ColumnType } from '../../domain/records/table.ts'
import {
  partsOf,
  withParts,
  type FormatParts,
} from '../../domain/specification/fields/named-formats.ts'
import type { ValueFormat } from '../../domain/specification/fields/value-format.ts'
import { codecOf } from '../values/formats/codec-of.ts'

/** One change for the same field of many records. */
export type RepairRule =
  | { kind: 'replace'; find: string; by: string }
  | { kind: 'fixed'; value: string }
  | { kind: 'empty' }
  /** The values are written in this format. */
  | { kind: 'format'; format: ValueFormat }

/** The field that a rule changes, and how its values are written in the file; null: plainly. */
export type RuledField = { type: ColumnType; written: ValueFormat | null }

/** Makes another text of a value; it stays as it is where the rule does not apply. */
export type ValueChange = (text: string) => string

export function changeOf(rule: RepairRule, { type, written }: RuledField): ValueChange {
  switch (rule.kind) {
    case 'replace':
      return (text) => text.replaceAll(rule.find, () => rule.by)
    case 'fixed':
      return () => rule.value
    case 'empty':
      return () => ''
    case 'format': {
      const own = written === null ? undefined : codecOf(written, type)
      const format = withParts(rule.format, pivotOf(written))
      return (text) => {
        const read = codecOf(withCurrencyOf(format, text), type).read(text)
        if (read === undefined) return text
        return own === undefined ? read : (own.write(read) ?? text)
      }
    }
  }
}

/** Two digits of a year mean the same as where the field itself says how it is written. */
export function pivotOf(written: ValueFormat | null): FormatParts {
  const { pivot } = written === null ? {} : partsOf(written)
  return pivot === undefined ? {} : { pivot }
}

/** A number may have any currency, before or behind it. */
function withCurrencyOf(format: ValueFormat, text: string): ValueFormat {
  const currency = /\p{Sc}|\b[A-Z]{3}\b/u.exec(text)?.[0]
  if (format.kind !== 'number' || currency === undefined) return format
  const currencyPlace = text.trim().startsWith(currency) ? 'before' : 'after'
  return { ...format, currency, currencyPlace }
}
