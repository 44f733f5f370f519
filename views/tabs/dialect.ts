import {
  characterName,
  delimiterName,
  recordEndName,
} from '../../src/domain/specification/special-characters.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../src/domain/specification/specification.ts'
import { NO_CHARACTER } from '../../src/domain/specification/dialect-options.ts'
import { fill } from '../../src/i18n/console.ts'
import type { Ui } from '../ground/ui.ts'

type NamedWords = { name: string; value: string }

/** How a file is read, beside its delimiter and encoding: what was asked for, and no more. */
export function readingFacts({ text }: Ui, specification: ImportSpecification): NamedWords[] {
  const { quote, escape, recordEnd, comment, trim, mergeDelimiters, multiline } = specification
  const { missingColumns, surplusColumns } = specification
  const { names, values: words } = text.report.specification.dialect
  const named = (name: keyof typeof names, value: string) => ({ name: names[name], value })
  const character = (one: string, none: string) =>
    one === NO_CHARACTER ? none : characterName(one)
  return [
    ...(quote === null ? [] : [named('quote', character(quote, words.noQuote))]),
    ...(escape === null ? [] : [named('escape', character(escape, words.noEscape))]),
    ...(recordEnd === null ? [] : [named('recordEnd', recordEndName(recordEnd))]),
    ...(comment === null
      ? []
      : [named('comment', fill(words.comment, { text: delimiterName(comment) }))]),
    ...(trim ? [named('blanks', words.trim)] : []),
    ...(mergeDelimiters ? [named('mergeDelimiters', words.mergeDelimiters)] : []),
    ...(multiline ? [] : [named('lineEnds', words.noMultiline)]),
    ...(missingColumns === 'reject' ? [] : [named('missing', words.missing)]),
    ...(surplusColumns === 'reject' ? [] : [named('surplus', words.surplus)]),
  ]
}

/** How a file is written, beside its delimiter and encoding. */
export function writingFacts({ text }: Ui, specification: ExportSpecification): NamedWords[] {
  const { lineEnd, quoteAll, nullText, safeCells } = specification
  const { names, values: words } = text.report.specification.dialect
  return [
    ...(lineEnd === 'lf' ? [] : [{ name: names.lineEnds, value: words.crlf }]),
    ...(quoteAll ? [{ name: names.quotes, value: words.quoteAll }] : []),
    ...(nullText === null
      ? []
      : [{ name: names.nothing, value: fill(words.nothing, { text: nullText }) }]),
    ...(safeCells ? [{ name: names.formulas, value: words.safeCells }] : []),
  ]
}

export function writtenEncoding({ text }: Ui, { encoding, bom }: ExportSpecification): string {
  return bom ? fill(text.report.specification.dialect.values.bom, { encoding }) : encoding
}
