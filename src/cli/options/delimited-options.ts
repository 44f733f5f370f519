import { Option, type Command } from 'commander'
import { z } from 'zod'
import {
  LINE_ENDS,
  MISSING_COLUMNS,
  SURPLUS_COLUMNS,
} from '../../domain/formats/delimited/delimited-options.ts'
import {
  parseCharacter,
  parseDelimiter,
  parseRecordEnd,
} from '../../domain/formats/delimited/special-characters.ts'
import type { Help } from '../../i18n/en/help/help.ts'

const readingOptions = z.object({
  delimiter: z.string().transform(parseDelimiter).optional(),
  quote: z.string().transform(parseCharacter).optional(),
  escape: z.string().transform(parseCharacter).optional(),
  recordEnd: z.string().transform(parseRecordEnd).optional(),
  comment: z.string().transform(parseDelimiter).optional(),
  trim: z.boolean().optional(),
  mergeDelimiters: z.boolean().optional(),
  multiline: z.boolean().optional(),
  missingColumns: z.string().optional(),
  surplusColumns: z.string().optional(),
})

const writingOptions = z.object({
  delimiter: z.string().transform(parseDelimiter).optional(),
  bom: z.boolean().optional(),
  lineEnd: z.string().optional(),
  quoteAll: z.boolean().optional(),
  null: z.string().optional(),
  safeCells: z.boolean().optional(),
})

/** Adds the options for a source of delimited text. */
export function addDelimitedReading(command: Command, help: Help['reading']): Command {
  return command
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
}

/** Adds the options for a result in delimited text. */
export function addDelimitedWriting(command: Command, help: Help['writing']): Command {
  return command
    .option('--delimiter <text>', help.delimiter)
    .option('--quote-all', help.quoteAll)
    .option('--null <text>', help.null)
    .addOption(new Option('--line-end <which>', help.lineEnd).choices(LINE_ENDS))
    .option('--bom', help.bom)
    .option('--safe-cells', help.safeCells)
}

export function delimitedReadingOf(given: unknown): Record<string, unknown> {
  return readingOptions.parse(given)
}

export function delimitedWritingOf(given: unknown): Record<string, unknown> {
  const { null: nullText, ...rest } = writingOptions.parse(given)
  return { ...rest, nullText }
}
