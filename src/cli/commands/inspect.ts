import path from 'node:path'
import type { Command } from 'commander'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { columnTypeLabel, messageText, phrase, type Language } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { openGiven } from '../../pipeline/import/plan/check-import.ts'
import {
  inspectSource,
  type InspectedSource,
} from '../../pipeline/import/preview/inspect-source.ts'
import { refusing } from '../../pipeline/refusing.ts'
import { addReadingOptions, readingOf } from '../options/dialect-options.ts'
import { printJson, printLines } from '../output/print.ts'
import type { Session } from '../ground/session.ts'
import { memoJson } from '../output/source-json.ts'
import { tableLines } from '../output/table.ts'

export function addInspect(program: Command, session: Session): void {
  const { inspect: help, import: ofImport, reading } = helpIn(session.language)
  const command = program
    .command('inspect')
    .description(help.about)
    .argument('<file>', help.file)
    .option('--no-header', ofImport.noHeader)
  addReadingOptions(command, reading)
    .addHelpText('after', help.examples)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options: { json?: unknown; header?: unknown } = command.optsWithGlobals()
      const found = await inspect(file, options)
      if (options.json === true) await printJson(jsonOf(found, session.language))
      else await printLines(linesOf(found, session.language))
    })
}

/**
 * Reads the file as an import would; the table does not matter.
 * @throws InvalidInputError
 */
async function inspect(file: string, options: { header?: unknown }): Promise<InspectedSource> {
  const specification = parseImportSpecification({
    ...readingOf(options),
    path: path.resolve(file),
    table: 'inspected',
    header: options.header !== false,
  })
  const source = await openGiven(undefined, specification)
  try {
    return await refusing(() => inspectSource(source, specification))
  } finally {
    await source.close()
  }
}

function jsonOf(found: InspectedSource, language: Language) {
  return {
    source: memoJson(found.memo),
    columns: found.columns,
    records: found.records,
    sampled: found.sampled,
    faults: found.faults.map(({ message, ...place }) => ({
      ...place,
      code: message.code,
      message: messageText(language, message),
    })),
    high_lines: found.highLines,
  }
}

function linesOf(found: InspectedSource, language: Language): string[] {
  const { columns, records, faults, highLines, sampled } = found
  const title = (key: 'inspectedColumns' | 'inspectedRecords' | 'inspectedLines') =>
    phrase(language, key)
  return [
    ...found.journal.map((message) => messageText(language, message)),
    '',
    title('inspectedColumns'),
    ...tableLines(
      ['', '', ''].map((text) => ({ text })),
      columns.map(({ name, type, examples }) => [
        `  ${name}`,
        columnTypeLabel(language, type),
        examples.join(' · '),
      ]),
    ).slice(1),
    '',
    title('inspectedRecords'),
    ...records.map((fields) => `  ${fields.join(' │ ')}`),
    ...(highLines.length === 0 ? [] : ['', title('inspectedLines')]),
    ...highLines.map(({ line, text }) => `  ${line}: ${text}`),
    '',
    phrase(language, 'inspectedFaults', { count: faults.length, sampled }),
    ...faults.map(({ line, message }) => `  ${line}: ${messageText(language, message)}`),
  ]
}
