import type { FormatName } from '../../src/domain/formats/formats.ts'
import {
  asDelimited,
  type ExportSpecification,
  type ImportSpecification,
} from '../../src/domain/specification/specification.ts'
import type { Ui } from '../ground/ui.ts'
import type { Fact } from '../parts/facts.tsx'
import { delimiterWords, readingFacts, writingFacts } from './delimited-facts.tsx'

/** How the source turned out to be written, where the specification left that open. */
export type FoundDialect = { format: FormatName; delimiter?: string; encoding: string }

/** How the source is written: of what is no delimited text, its format says all. */
export function sourceFacts(
  ui: Ui,
  specification: ImportSpecification,
  found: FoundDialect | undefined,
): Fact[] {
  const format = found?.format ?? specification.format ?? 'delimited'
  return format === 'delimited'
    ? readingFacts(ui, asDelimited(specification), found)
    : [formatFact(ui, format)]
}

/** The same of the result of an export. */
export function resultFacts(ui: Ui, specification: ExportSpecification): Fact[] {
  return specification.format === 'delimited'
    ? writingFacts(ui, specification)
    : [formatFact(ui, specification.format)]
}

/** What a file was found to be, in a word or two. */
export function formatWords(ui: Ui, { format, delimiter = '' }: FoundDialect): string {
  return format === 'delimited' ? delimiterWords(ui, delimiter) : ui.text.form.formats[format]
}

function formatFact({ text }: Ui, format: FormatName): Fact {
  return { name: text.report.specification.format, value: text.form.formats[format] }
}
