import type { Command } from 'commander'
import { exportJob } from '../engine/wanted-job.ts'
import { checkExport } from '../pipeline/check-export.ts'
import { labelOf, list } from './import.ts'
import { runHere } from './run-here.ts'
import type { Session } from './session.ts'
import { exportSpecificationOf } from './specification-of.ts'

export function addExport(program: Command, session: Session): void {
  program
    .command('export')
    .description('write a table or a view into a file')
    .argument('<table>', 'the table or view')
    .requiredOption('--to <file>', 'delimited text; a name that ends in .gz is packed')
    .option('--columns <names>', 'these, in this order, as in a,b; default: all', list)
    .option('--delimiter <character>', 'also by name: tab, semicolon; default: comma, tab for .tsv')
    .option('--no-header', 'no line with the names of the columns')
    .option('--gzip', 'pack the file, whatever its name')
    .option('--label <text>', 'what the job is called in lists')
    .addHelpText('after', EXAMPLES)
    .action(async (table: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, async (call) => {
        const specification = exportSpecificationOf(table, options)
        await checkExport(call.store, specification)
        return await runHere(call, exportJob(specification, { label: labelOf(options) }))
      })
    })
}

const EXAMPLES = `
Examples:
  $ tallyman export people --to people.csv
  $ tallyman export people --to people.tsv.gz --columns id,email
  $ tallyman export people --to people.txt --delimiter ';' --no-header

The file appears under its name when it is complete.`
