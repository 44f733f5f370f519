import type { Job } from '../../src/domain/jobs/job.ts'
import { windowIn } from '../../src/domain/records/change-window.ts'
import { needsValue, type RowGroup } from '../../src/domain/specification/row-selection.ts'
import type { ExportSpecification } from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'

/** Which rows an export writes, and in which order: what was asked for, and no more. */
export function rowFacts(ui: Ui, specification: ExportSpecification) {
  const { filter, order, mostRows, differential, names } = specification
  const { labels } = ui.text.form
  const { directions } = ui.text.assistantExport.rows
  const sorted = order.map(({ field, direction }) =>
    direction === 'desc' ? `${field} (${directions.desc})` : field,
  )
  const titles = Object.entries(names).map(([field, name]) => `${field} → ${name}`)
  return [
    ...(titles.length === 0 ? [] : [{ name: labels.titles, value: titles.join(', ') }]),
    ...(filter === null ? [] : [{ name: labels.filter, value: groupWords(ui, filter) }]),
    ...(sorted.length === 0 ? [] : [{ name: labels.order, value: sorted.join(', ') }]),
    ...(mostRows === null ? [] : [{ name: labels.mostRows, value: number(ui, mostRows) }]),
    ...(differential === null ? [] : [{ name: labels.differential, value: differential }]),
  ]
}

/** Which changes a differential export wrote, once it decided that. */
export function windowFacts(ui: Ui, { checkpoint }: Pick<Job, 'checkpoint'>) {
  const window = windowIn(checkpoint?.memo)
  if (window === undefined) return []
  const { changed, ...words } = ui.text.report.specification.window
  const { after, upTo } = window
  const marks = { after: after?.text ?? '', up_to: upTo?.text ?? '' }
  const told = upTo === null ? words.nothing : after === null ? words.all : words.since
  return [{ name: changed, value: fill(told, marks) }]
}

function groupWords(ui: Ui, { kind, of }: RowGroup): string {
  const { rows } = ui.text.form
  const words = of.map((part) => {
    if (part.kind !== 'condition') return `(${groupWords(ui, part)})`
    const operator = rows.operators[part.operator]
    return needsValue(part.operator)
      ? `${part.field} ${operator} ${part.value}`
      : `${part.field} ${operator}`
  })
  return words.join(kind === 'all' ? ` ${rows.and} ` : ` ${rows.or} `)
}
