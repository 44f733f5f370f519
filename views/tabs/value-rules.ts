import type { FieldCheck } from '../../src/domain/specification/fields/checks.ts'
import type { FieldOptions } from '../../src/domain/specification/fields/field-options.ts'
import { formatSample } from '../../src/domain/specification/fields/format-sample.ts'
import {
  formatKeyOf,
  namedFormat,
  partsOf,
} from '../../src/domain/specification/fields/named-formats.ts'
import type { Transform } from '../../src/domain/specification/fields/transforms.ts'
import type {
  Enumeration,
  ValueFormat,
} from '../../src/domain/specification/fields/value-format.ts'
import { fill } from '../../src/i18n/console.ts'
import { number, type Ui } from '../ground/ui.ts'

/** Values of a list that are named; the others are counted. */
const MOST_NAMED = 10

type ToldOptions = Pick<FieldOptions, 'from' | 'transforms' | 'format' | 'checks' | 'onError'>

/** What happens to the values of a field on their way into the table, in words. */
export function valueRules(
  ui: Ui,
  { from, transforms, format, checks, onError }: ToldOptions,
): string[] {
  return [
    ...(from === null ? [] : [sourceWords(ui, from)]),
    ...transforms.map((transform) => transformWords(ui, transform)),
    ...(format === null ? [] : [formatWords(ui, format)]),
    ...checks.map((check) => checkWords(ui, check, onError)),
  ]
}

function sourceWords({ text }: Ui, from: NonNullable<FieldOptions['from']>): string {
  const { from: words } = text.jobPage.asked
  if (from.kind === 'stamp') return text.assistantFields.from[from.of]
  return fill(words[from.kind], { text: from.kind === 'expression' ? from.source : from.text })
}

function transformWords({ text }: Ui, transform: Transform): string {
  const { transforms: words } = text.jobPage.asked
  switch (transform.kind) {
    case 'replace': {
      const { from, to, pattern } = transform
      return fill(pattern ? words.pattern : words.replace, { from, to })
    }
    case 'pad':
      return fill(words.pad, { length: transform.length, with: transform.with })
    case 'unicode':
      return fill(words.unicode, transform)
    case 'split':
      return fill(words.split, { part: transform.part, separator: transform.separator })
    default:
      return text.assistant.columns.transforms[transform.kind]
  }
}

/** How an export writes values: by one of them. */
export function writtenWords(ui: Ui, format: ValueFormat): string {
  const { asked } = ui.text.jobPage
  if (format.kind !== 'enumeration') return fill(asked.format, { format: formatSample(format) })
  const pairs = format.values.map(({ written, value }) => `${value} = ${written}`)
  return fill(asked.values, {
    pairs: namedOf(ui, pairs),
    otherwise:
      format.otherwise === 'keep' ? ui.text.assistantFields.otherwises.keep : asked.unlisted,
  })
}

/** How an import reads them: by its name where a form has one for it, else by one of them. */
export function formatWords(ui: Ui, format: ValueFormat): string {
  const { asked } = ui.text.jobPage
  if (format.kind === 'enumeration') return enumerationWords(ui, format)
  const key = formatKeyOf(format)
  if (key === undefined) return fill(asked.format, { format: formatSample(format) })
  const { pivot, currency } = partsOf(format)
  const name = ui.text.assistant.columns.formats[key]
  const isUsual = currency === undefined || currency === partsOf(namedFormat(key)).currency
  const words = fill(asked.format, {
    format: isUsual ? name : `${name} (${currency || asked.noCurrency})`,
  })
  if (pivot === undefined) return words
  return `${words}; ${fill(asked.years, { from: String(pivot), to: String(pivot + 99) })}`
}

function enumerationWords(ui: Ui, { values, otherwise, fixed }: Enumeration): string {
  const pairs = values.map(({ written, value }) => `${written} = ${value}`)
  const words = ui.text.assistantFields.otherwises[otherwise]
  return fill(ui.text.jobPage.asked.values, {
    pairs: namedOf(ui, pairs),
    otherwise: otherwise === 'fixed' ? `${words} ${fixed}` : words,
  })
}

/** With its policy where that differs from the one that is told of the field. */
function checkWords(ui: Ui, check: FieldCheck, onError: FieldOptions['onError']): string {
  const words = ruleWords(ui, check)
  if (check.policy === onError) return words
  const { onErrorOf } = ui.text.report.specification
  return fill(ui.text.jobPage.asked.checkWith, { check: words, policy: onErrorOf[check.policy] })
}

function ruleWords(ui: Ui, check: FieldCheck): string {
  const { checks: words } = ui.text.jobPage.asked
  switch (check.kind) {
    case 'required':
      return words.required
    case 'pattern':
      return fill(words.pattern, { pattern: check.pattern })
    case 'range': {
      const { least, most } = check
      if (least !== null && most !== null) return fill(words.between, { least, most })
      return least === null ? fill(words.most, { most: most ?? '' }) : fill(words.least, { least })
    }
    case 'one_of':
      return fill(words.one_of, { values: namedOf(ui, check.values) })
    case 'exists':
      return fill(words.exists, { table: check.table, column: check.column })
  }
}

function namedOf(ui: Ui, values: string[]): string {
  const more = values.length - MOST_NAMED
  if (more <= 0) return values.join(', ')
  const further = fill(ui.text.jobPage.asked.further, { n: number(ui, more) })
  return [...values.slice(0, MOST_NAMED), further].join(', ')
}
