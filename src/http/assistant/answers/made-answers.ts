import type { FieldOptions } from '../../../domain/specification/fields/field-options.ts'
import { STAMPS, type ValueSource } from '../../../domain/specification/fields/value-source.ts'
import type { ImportSpecification } from '../../../domain/specification/specification.ts'
import { InvalidInputError } from '../../../domain/words/errors.ts'
import { oneOf } from '../../ground/params.ts'
import { shorten } from '../../../domain/texts/shorten.ts'
import { halfRow } from './half-row.ts'
import type { FieldRow, MadeAnswer } from './field-row.ts'

/** The inputs of a step as they were sent. */
type Texts = Readonly<Record<string, string>>

export function madeAnswer(field: string, from: ValueSource | null | undefined): MadeAnswer {
  if (from === null || from === undefined) return { field, from: '', text: '' }
  return { field, from: from.kind === 'stamp' ? from.of : from.kind, text: textOf(from) }
}

/** The answers that were typed, with the rows that have them. */
export function madeIn(typed: Texts): (MadeAnswer & { index: number })[] {
  return Object.entries(typed).flatMap(([name, field]) => {
    const [, index] = /^made-(\d+)$/.exec(name) ?? []
    if (index === undefined) return []
    const [from = '', text = ''] = [typed[`from-${index}`], typed[`text-${index}`]]
    return [{ field: field.trim(), from, text, index: Number(index) }]
  })
}

/** The end of the names of all other inputs of such a row. */
export function madeRow(index: number): string {
  return `m${index}`
}

/** The rows of fields that no column fills. */
export function madeRowsIn(typed: Texts): FieldRow[] {
  return madeIn(typed).map(({ index, ...made }) => {
    const row = madeRow(index)
    const before = typed[`was-${row}`] || made.field || undefined
    return { row, field: made.field, before, isOwn: true, made }
  })
}

/**
 * Each text of such a row fills a field; one that was taken out leaves its text behind.
 * @param fields what was said of the fields
 * @throws InvalidInputError for half of a row
 */
export function requireWholeRow(
  { field, made, before }: FieldRow,
  fields: ImportSpecification['fields'],
): void {
  if (made === undefined) return
  const isStamp = oneOf(STAMPS, made.from) !== undefined
  if (field !== '' && made.from !== '' && !isStamp) return
  const shown = madeAnswer('', fields[before ?? '']?.from)
  const names = field === '' ? (['from', 'text'] as const) : (['text'] as const)
  const half = halfRow(inOneSpelling(made), names, inOneSpelling(shown))
  if (half === undefined) return
  const text = shorten(made.text === '' ? half : made.text)
  if (field === '') throw new InvalidInputError({ problem: 'no_field_named', text })
  const problem = isStamp ? 'stamp_without_text' : 'no_source_chosen'
  throw new InvalidInputError({ problem, text }, { at: ['fields', field, 'from'] })
}

/** The inverse; null where nothing fills the field. */
export function sourceIn(
  { from, text = '' }: { from?: string | undefined; text?: string | undefined },
  known: FieldOptions['from'],
): FieldOptions['from'] {
  const stamp = oneOf(STAMPS, from)
  if (stamp !== undefined) return { kind: 'stamp', of: stamp }
  const lines = withPlainEnds(text)
  const isSame = known !== null && lines === withPlainEnds(textOf(known))
  const said = isSame ? textOf(known) : lines
  if (from === 'expression') return { kind: from, source: said }
  return from === 'fixed' || from === 'template' ? { kind: from, text: said } : null
}

/** A browser sends each end of a line as CR LF, whatever it was. */
function withPlainEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function inOneSpelling({ from, text }: MadeAnswer): { from: string; text: string } {
  return { from, text: withPlainEnds(text) }
}

function textOf(from: ValueSource): string {
  if (from.kind === 'stamp') return ''
  return from.kind === 'expression' ? from.source : from.text
}
