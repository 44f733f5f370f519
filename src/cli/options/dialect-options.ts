import { Option, type Command } from 'commander'
import { z } from 'zod'
import {
  LINE_ENDS,
  MISSING_COLUMNS,
  SURPLUS_COLUMNS,
} from '../../domain/specification/dialect-options.ts'
import { FORMAT_NAMES } from '../../domain/specification/formats.ts'
import type {
  ExportSpecification,
  ImportSpecification,
} from '../../domain/specification/specification.ts'
import {
  parseCharacter,
  parseDelimiter,
  parseRecordEnd,
} from '../../domain/specification/special-characters.ts'
import type { Help } from '../../i18n/en/help.ts'

const readingOptions = z.object({
  format: z.string().optional(),
  delimiter: z.string().optional(),
  quote: z.string().optional(),
  escape: z.string().optional(),
  recordEnd: z.string().optional(),
  comment: z.string().optional(),
  trim: z.boolean().optional(),
  mergeDelimiters: z.boolean().optional(),
  multiline: z.boolean().optional(),
  missingColumns: z.string().optional(),
  surplusColumns: z.string().optional(),
  encoding: z.string().optional(),
})

const writingOptions = z.object({
  format: z.string().optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  bom: z.boolean().optional(),
  lineEnd: z.string().optional(),
  quoteAll: z.boolean().optional(),
  null: z.string().optional(),
  safeCells: z.boolean().optional(),
})

type Given<Specification> = { [Part in keyof Specification]?: unknown }

/** Adds the options for the dialect of a source file. */
export function addReadingOptions(command: Command, help: Help['reading']): Command {
  return command
    .optionsGroup(help.title)
    .addOption(new Option('--format <format>', help.format).choices(FORMAT_NAMES))
    .option('--delimiter <text>', help.delimiter)
    .option('--quote <character>', help.quote)
    .option('--escape <character>', help.escape)
    .option('--record-end <text>', help.recordEnd)
    .option('--comment <text>', help.comment)
    .option('--trim', help.trim)
    .option('--merge-delimiters', help.mergeDelimiters)
    .option('--no-multiline', help.noMultiline)
    .addOption(new Option('--missing-columns <how>', help.missing).choices(MISSING_COLUMNS))
    .addOption(new Option('--surplus-columns <how>', help.surplus).choices(SURPLUS_COLUMNS))
    .option('--encoding <name>', help.encoding)
}

/** Adds the options for the dialect of an output file. */
export function addWritingOptions(command: Command, help: Help['writing']): Command {
  return command
    .optionsGroup(help.title)
    .addOption(new Option('--format <format>', help.format).choices(FORMAT_NAMES))
    .option('--delimiter <text>', help.delimiter)
    .option('--quote-all', help.quoteAll)
    .option('--null <text>', help.null)
    .addOption(new Option('--line-end <which>', help.lineEnd).choices(LINE_ENDS))
    .option('--encoding <name>', help.encoding)
    .option('--bom', help.bom)
    .option('--safe-cells', help.safeCells)
}

export function readingOf(given: unknown): Given<ImportSpecification> {
  const { delimiter, quote, escape, recordEnd, comment, ...rest } = readingOptions.parse(given)
  return {
    ...rest,
    delimiter: parseOptional(delimiter, parseDelimiter),
    quote: parseOptional(quote, parseCharacter),
    escape: parseOptional(escape, parseCharacter),
    recordEnd: parseOptional(recordEnd, parseRecordEnd),
    comment: parseOptional(comment, parseDelimiter),
  }
}

export function writingOf(given: unknown): Given<ExportSpecification> {
  const { delimiter, null: nullText, ...rest } = writingOptions.parse(given)
  return { ...rest, delimiter: parseOptional(delimiter, parseDelimiter), nullText }
}

function parseOptional(
  text: string | undefined,
  from: (text: string) => string,
): string | undefined {
  return text === undefined ? undefined : from(text)
}
