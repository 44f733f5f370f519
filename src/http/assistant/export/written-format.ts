import {
  partsOf,
  WRITTEN_KEYS,
  writtenFormat,
  writtenKeyOf,
} from '../../../domain/specification/fields/named-formats.ts'
import type { Enumeration, ValueFormat } from '../../../domain/specification/fields/value-format.ts'
import type { ExportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { oneOf } from '../../ground/params.ts'
import type { Typed } from '../step.ts'
import { listedPairs } from '../answers/listed-pair.ts'

type Fields = Pick<ExportSpecification, 'fields'>

/** The answers about how a column is written; a format that no form offers is `own`. */
export function formatAnswers(name: string, format: ValueFormat | null): Typed {
  const values = format?.kind === 'enumeration' ? linesOf(format) : ''
  const key = format === null || values !== '' ? '' : (writtenKeyOf(format) ?? 'own')
  const { currency = '' } = format === null ? {} : partsOf(format)
  return { [`format:${name}`]: key, [`currency:${name}`]: currency, [`values:${name}`]: values }
}

/**
 * The inverse, as options of the column; a list of values goes before any other format.
 * @throws InvalidInputError for a value that is listed twice, and a line that says of none how it is written
 */
export function formatIn(typed: Typed, name: string, { fields }: Fields) {
  const answer = typed[`format:${name}`]
  const old = fields[name]
  const at = ['fields', name, 'format', 'values']
  const values = valuesIn(typed[`values:${name}`] ?? '', at)
  const key = oneOf(WRITTEN_KEYS, answer)
  if (values.length > 0) {
    requireOnce(values, at)
    const { otherwise, fixed } = old?.format?.kind === 'enumeration' ? old.format : KEPT
    return [[name, { format: { kind: 'enumeration', values, otherwise, fixed } }] as const]
  }
  if (key !== undefined) {
    const currency = typed[`currency:${name}`]?.trim()
    return [[name, { format: writtenFormat(key, currency) }] as const]
  }
  return answer === 'own' && old !== undefined ? [[name, old] as const] : []
}

function requireOnce(values: Enumeration['values'], at: string[]): void {
  const seen = new Set<string>()
  for (const { value } of values) {
    if (seen.has(value)) {
      throw new InvalidInputError({ problem: 'value_listed_twice', value }, { at })
    }
    seen.add(value)
  }
}

/** What a list does not have stays as it is. */
const KEPT = { otherwise: 'keep', fixed: '' } as const

/** A line for each value, with what is written for it; empty where lines cannot say the same. */
function linesOf({ values }: Enumeration): string {
  const lines = values.map(({ value, written }) => `${value} = ${written}`).join('\n')
  const plain = values.map(({ value, written }) => ({ value, written }))
  return JSON.stringify(valuesIn(lines, [])) === JSON.stringify(plain) ? lines : ''
}

function valuesIn(text: string, at: string[]): Enumeration['values'] {
  return listedPairs(text, at).map(([value, written]) => ({ value, written }))
}
