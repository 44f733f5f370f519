import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Store } from '../../db/store.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { lastSourceOf } from '../../engine/jobs/last-source.ts'
import { helpIn } from '../../i18n/help.ts'
import { SHEET_DELIMITERS } from '../../i18n/format.ts'
import { requireWritablePath } from '../../pipeline/export/output-path.ts'
import { exampleFile } from '../../pipeline/import/preview/example-file.ts'
import type { Call, Session } from '../ground/session.ts'
import { partsOfFile } from '../options/specification-file.ts'
import { refuseNoTable } from '../options/wrong-call.ts'
import { templateOfCall } from '../options/template-option.ts'
import { print, printJson } from '../output/print.ts'

export function addExample(program: Command, session: Session): void {
  const help = helpIn(session.language).example
  program
    .command('example')
    .description(help.about)
    .argument('[table]', help.table)
    .option('--template <name>', help.template)
    .option('--spec <file>', help.spec)
    .option('--to <file>', help.to)
    .option('--force', help.force)
    .addHelpText('after', help.examples)
    .action(async (table: string | undefined, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, (call) => example(call, { table, options, command }))
    })
}

const exampleOptions = z.object({ to: z.string().optional(), force: z.boolean().default(false) })

type ExampleCall = { table: string | undefined; options: unknown; command: Command }

async function example(call: Call, { table, options, command }: ExampleCall): Promise<number> {
  const { store, config, isJson } = call
  const { to, force } = exampleOptions.parse(options)
  const template = await templateOfCall(call, options, 'import')
  const parts = { ...template?.parts, ...(await partsOfFile(options, 'import')) }
  const wanted = table ?? parts['table'] ?? refuseNoTable(command)
  const specification = parseImportSpecification({ ...parts, path: 'example', table: wanted })
  const from = { template: template?.key, table: specification.table }
  const seen = await lastSourceOf(store.db, from)
  const separator = SHEET_DELIMITERS[config.language]
  const file = await exampleFile(store, specification, { separator, seen })
  if (to !== undefined) await write(store, path.resolve(to), { bytes: file.bytes, force })
  const { columns, records } = file
  if (isJson)
    await printJson({ file: to === undefined ? null : path.resolve(to), columns, records })
  else if (to === undefined) await print(file.bytes)
  return 0
}

/** @throws InvalidInputError where there is such a file, or none can be */
async function write(
  store: Store,
  to: string,
  { bytes, force }: { bytes: Buffer; force: boolean },
): Promise<void> {
  const found = await requireWritablePath(to, store)
  if (found !== undefined && !force) {
    throw new InvalidInputError({ problem: 'result_there', path: to })
  }
  await writeFile(to, bytes)
}
