import type { Command } from 'commander'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { STANDARD_OUTPUT, STANDARD_STREAM } from '../../domain/specification/specification.ts'
import { exportJob } from '../../engine/jobs/new-job.ts'
import { helpIn } from '../../i18n/help.ts'
import { checkExport } from '../../pipeline/export/check-export.ts'
import { isThere } from '../../pipeline/export/part-file.ts'
import { addWritingOptions } from '../options/dialect-options.ts'
import { labelOf, list } from './import.ts'
import { runHere } from '../run/run-here.ts'
import { filesOption } from '../options/server-options.ts'
import type { Session } from '../ground/session.ts'
import { partsOfFile } from '../options/specification-file.ts'
import { refuseNoTable } from '../options/wrong-call.ts'
import { templateOfCall } from '../options/template-option.ts'
import { exportSpecificationOf } from '../options/specification-of.ts'

export function addExport(program: Command, session: Session): void {
  const { export: help, writing } = helpIn(session.language)
  const command = program
    .command('export')
    .description(help.about)
    .argument('[table]', help.table)
    .requiredOption('--to <file>', help.to)
    .option('--template <name>', help.template)
    .option('--spec <file>', help.spec)
    .option('--columns <names>', help.columns, list)
    .option('--differential <field>', help.differential)
    .option('--no-header', help.noHeader)
    .option('--gzip', help.gzip)
    .option('--force', help.force)
    .option('--label <text>', help.label)
    .addOption(filesOption(session.language))
  addWritingOptions(command, writing)
    .addHelpText('after', help.examples)
    .action(async (table: string | undefined, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      const ofFile = await partsOfFile(options, 'export')
      await session.run(options, async (call) => {
        const template = await templateOfCall(call, options, 'export')
        const parts = { ...template?.parts, ...ofFile }
        if (table === undefined && parts['table'] === undefined) refuseNoTable(command)
        const wanted = exportSpecificationOf(table, options, parts)
        const isPiped = wanted.path === STANDARD_STREAM
        if (isPiped && call.isJson) throw new InvalidInputError({ problem: 'output_taken' })
        const specification = await checkExport(call.store, wanted)
        if (!specification.replace && !isPiped && (await isThere(specification.path))) {
          throw new InvalidInputError({ problem: 'result_there', path: specification.path })
        }
        const names = { label: labelOf(options), ...(isPiped ? { fileName: STANDARD_OUTPUT } : {}) }
        const job = { ...exportJob(specification, names), template: template?.key }
        return await runHere(call, job, { isPiped })
      })
    })
}
