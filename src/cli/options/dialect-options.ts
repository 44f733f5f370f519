import { Option, type Command } from 'commander'
import { z } from 'zod'
import { FORMAT_NAMES } from '../../domain/formats/formats.ts'
import type { Help } from '../../i18n/en/help/help.ts'
import {
  addDelimitedReading,
  addDelimitedWriting,
  delimitedReadingOf,
  delimitedWritingOf,
} from './delimited-options.ts'

/** The options that every format has. */
const shared = z.object({ format: z.string().optional(), encoding: z.string().optional() })

/** Adds the options for the dialect of a source file. */
export function addReadingOptions(command: Command, help: Help['reading']): Command {
  const group = command
    .optionsGroup(help.title)
    .addOption(new Option('--format <format>', help.format).choices(FORMAT_NAMES))
  return addDelimitedReading(group, help).option('--encoding <name>', help.encoding)
}

/** Adds the options for the dialect of an output file. */
export function addWritingOptions(command: Command, help: Help['writing']): Command {
  const group = command
    .optionsGroup(help.title)
    .addOption(new Option('--format <format>', help.format).choices(FORMAT_NAMES))
  return addDelimitedWriting(group, help).option('--encoding <name>', help.encoding)
}

export function readingOf(given: unknown): Record<string, unknown> {
  return { ...shared.parse(given), ...delimitedReadingOf(given) }
}

export function writingOf(given: unknown): Record<string, unknown> {
  return { ...shared.parse(given), ...delimitedWritingOf(given) }
}
