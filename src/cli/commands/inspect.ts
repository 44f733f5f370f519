import path from 'node:path'
import type { Command } from 'commander'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { helpIn } from '../../i18n/help.ts'
import { inspectSource } from '../../pipeline/import/preview/inspect-source.ts'
import { withFiles } from '../../pipeline/import/preview/preview-files.ts'
import type { PreviewedFile } from '../../pipeline/import/preview/seen-file.ts'
import type { Session } from '../ground/session.ts'
import { addReadingOptions, readingOf } from '../options/dialect-options.ts'
import { fileJson, fileLines, inspectedJson, inspectedLines } from '../output/inspected.ts'
import { printJson, printLines } from '../output/print.ts'

export function addInspect(program: Command, session: Session): void {
  const { inspect: help, import: ofImport, reading } = helpIn(session.language)
  const command = program
    .command('inspect')
    .description(help.about)
    .argument('<file...>', help.file)
    .option('--no-header', ofImport.noHeader)
  addReadingOptions(command, reading)
    .addHelpText('after', help.examples)
    .action(async (files: string[], _options: unknown, command: Command) => {
      const options: { json?: unknown; header?: unknown } = command.optsWithGlobals()
      const isJson = options.json === true
      await withFiles(undefined, specificationOf(files, options), {}, async (preview) => {
        const [first, ...others] = preview.files
        if (others.length === 0) await printFile(first, isJson, session)
        else await printFiles(preview.files, isJson, session)
      })
    })
}

/** The files are read as an import would read them; the table does not matter. */
function specificationOf(
  [file = '', ...others]: string[],
  options: { header?: unknown },
): ImportSpecification {
  return parseImportSpecification({
    ...readingOf(options),
    path: path.resolve(file),
    morePaths: others.map((one) => path.resolve(one)),
    table: 'inspected',
    header: options.header !== false,
  })
}

/** @throws InvalidInputError for one that cannot be read */
async function printFile(
  { seen, error }: PreviewedFile,
  isJson: boolean,
  session: Session,
): Promise<void> {
  const { language } = session
  if (seen === undefined) throw error ?? new Error('a file that cannot be read says why')
  const found = inspectSource(seen)
  const problem = error && problemText(language, error.problem)
  if (isJson) await printJson({ ...(problem && { problem }), ...inspectedJson(found, language) })
  else
    await printLines([
      ...(problem === undefined ? [] : [problem]),
      ...inspectedLines(found, language),
    ])
  if (problem !== undefined) session.exitCode = 2
}

/** Tells each, whatever is wrong with the others. */
async function printFiles(
  files: PreviewedFile[],
  isJson: boolean,
  session: Session,
): Promise<void> {
  const { language } = session
  const count = files.length
  if (isJson) await printJson({ files: files.map((file) => fileJson(file, language)) })
  else {
    const lines = files.flatMap((file, at) => fileLines(file, { number: at + 1, count }, language))
    await printLines(lines)
  }
  // As for a single file that cannot be imported.
  if (files.some(({ error }) => error !== undefined)) session.exitCode = 2
}
