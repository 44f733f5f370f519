import type { FilterGroup } from '../../src/domain/specification/record-filter.ts'
import type { ImportSpecification } from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'

/** Which records an import takes: what was asked for, and no more. */
export function recordFacts(ui: Ui, specification: ImportSpecification) {
  const { filter, firstRecord, lastRecord } = specification
  const { asked } = ui.text.jobPage
  const words = [
    ...(firstRecord === 1 ? [] : [fill(asked.recordsFrom, { n: number(ui, firstRecord) })]),
    ...(lastRecord === null ? [] : [fill(asked.recordsTo, { n: number(ui, lastRecord) })]),
    ...(filter === null ? [] : [groupWords(ui, filter)]),
  ]
  return words.length === 0 ? [] : [{ name: asked.records, value: words.join('; ') }]
}

function groupWords(ui: Ui, { kind, of }: FilterGroup): string {
  const { operators } = ui.text.assistantFields
  const { rows } = ui.text.form
  const words = of.map((part) => {
    if (part.kind !== 'condition') return `(${groupWords(ui, part)})`
    const needsNone = part.operator === 'is_empty' || part.operator === 'is_filled'
    return `${part.column} ${operators[part.operator]}${needsNone ? '' : ` ${part.value}`}`
  })
  return words.join(kind === 'all' ? ` ${rows.and} ` : ` ${rows.or} `)
}
