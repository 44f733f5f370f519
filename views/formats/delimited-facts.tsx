import type { Child } from 'hono/jsx'
import { NO_CHARACTER } from '../../src/domain/formats/delimited/delimited-options.ts'
import {
  characterName,
  commonDelimiter,
  delimiterName,
  recordEndName,
} from '../../src/domain/formats/delimited/special-characters.ts'
import type {
  DelimitedExport,
  DelimitedImport,
} from '../../src/domain/specification/specification.ts'
import { fill } from '../../src/i18n/console.ts'
import { shown } from '../../src/i18n/shown.ts'
import type { Ui } from '../ground/ui.ts'
import type { Fact } from '../parts/facts.tsx'

type NamedWords = { name: string; value: string }

/** How a source of delimited text is read: what was asked for, else what was found in the file. */
export function readingFacts(
  ui: Ui,
  specification: DelimitedImport,
  found: { delimiter?: string | undefined; encoding: string } | undefined,
): Fact[] {
  const { specification: text } = ui.text.report
  // Each of several has its own: the journal tells all.
  const how = specification.morePaths.length === 0 ? text.found : text.foundInFirst
  const { delimiter, encoding } = specification
  return [
    {
      name: text.delimiter,
      value: given(delimiter, found?.delimiter, how, (one) => delimiterOf(ui, one)),
    },
    { name: text.encoding, value: given(encoding, found?.encoding, how) },
    ...readingOptions(ui, specification),
    { name: text.header, value: text.headerOf[headerKind(specification)] },
  ]
}

/** How a result in delimited text is written. */
export function writingFacts(ui: Ui, specification: DelimitedExport): Fact[] {
  const { specification: text } = ui.text.report
  const { delimiter, header } = specification
  return [
    { name: text.delimiter, value: delimiterOf(ui, delimiter) },
    { name: text.encoding, value: writtenEncoding(ui, specification) },
    ...writingOptions(ui, specification),
    { name: text.header, value: text.headerOf[header ? 'named' : 'none'] },
  ]
}

/** The options that were set, beside the delimiter and the encoding. */
export function readingOptions({ text }: Ui, specification: DelimitedImport): NamedWords[] {
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

/** The same of a result. */
export function writingOptions({ text }: Ui, specification: DelimitedExport): NamedWords[] {
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

export function writtenEncoding({ text }: Ui, { encoding, bom }: DelimitedExport): string {
  return bom ? fill(text.report.specification.dialect.values.bom, { encoding }) : encoding
}

/** Columns that were named for the job have no header in the file. */
function headerKind({ header, columns }: DelimitedImport) {
  if (columns.length > 0) return 'none'
  return header ? 'named' : 'numbered'
}

/** The given value, or otherwise the detected one, if the source was opened. */
function given(
  said: string | null,
  found: string | undefined,
  how: string,
  words: (one: string) => Child = shown,
): Child {
  if (said !== null) return words(said)
  if (found === undefined) return how
  return (
    <>
      {words(found)} ({how})
    </>
  )
}

function delimiterOf({ text }: Ui, delimiter: string): Child {
  const { delimiters } = text.report.specification
  const common = commonDelimiter(delimiter)
  if (common !== undefined) return delimiters[common]
  return <code>{shown(delimiterName(delimiter))}</code>
}

/** A delimiter within a sentence. */
export function delimiterWords({ text }: Ui, delimiter: string): string {
  const common = commonDelimiter(delimiter)
  const { delimiters } = text.report.specification
  return common === undefined ? shown(delimiterName(delimiter)) : delimiters[common].toLowerCase()
}
