import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { STAMPS, type ValueSource } from '../../../domain/specification/fields/value-source.ts'
import { oneOf } from '../../ground/params.ts'

/** The inputs of a step as they were sent. */
type Texts = Readonly<Record<string, string>>

/** What fills a field that no column fills; `own`: an expression of several lines, which no input shows. */
export type MadeAnswer = { field: string; from: string; text: string }

export function madeAnswer(field: string, from: ValueSource | null | undefined): MadeAnswer {
  if (from === null || from === undefined) return { field, from: '', text: '' }
  if (from.kind === 'expression') {
    const isOneLine = !/[\r\n]/.test(from.source)
    return isOneLine
      ? { field, from: from.kind, text: from.source }
      : { field, from: 'own', text: '' }
  }
  if (from.kind === 'stamp') return { field, from: from.of, text: '' }
  return { field, from: from.kind, text: from.text }
}

/** The answers that were typed, by the names of their fields. */
export function madeIn(typed: Texts): MadeAnswer[] {
  return Object.entries(typed).flatMap(([name, field]) => {
    const [, index] = /^made-(\d+)$/.exec(name) ?? []
    if (index === undefined || field === '') return []
    return [{ field, from: typed[`from-${index}`] ?? '', text: typed[`text-${index}`] ?? '' }]
  })
}

/** The inverse; undefined where nothing fills the field. */
export function sourceIn({ from, text }: MadeAnswer, known: FieldOptions): FieldOptions['from'] {
  if (from === 'own') return known.from
  const stamp = oneOf(STAMPS, from)
  if (stamp !== undefined) return { kind: 'stamp', of: stamp }
  if (from === 'expression') return { kind: from, source: text }
  return from === 'fixed' || from === 'template' ? { kind: from, text } : null
}
