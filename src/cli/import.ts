import { Option, type Command } from 'commander'
import { DOUBLES, DUPLICATES, OPERATIONS } from '../domain/specification.ts'
import { namesFrom } from '../domain/typed.ts'
import { importJob } from '../engine/wanted-job.ts'
import { checkImport } from '../pipeline/check-import.ts'
import { runHere } from './run-here.ts'
import type { Session } from './session.ts'
import { importSpecificationOf } from './specification-of.ts'

export function addImport(program: Command, session: Session): void {
  program
    .command('import')
    .description('read a file into a table')
    .argument('<file>', 'delimited text (CSV, TSV, …), plain or gzip')
    .requiredOption('--into <table>', 'the table')
    .option('--create', 'make the table after the file where there is none')
    .option('--key <fields>', 'fields that identify a record, as in a,b', list)
    .option('--second-key <fields>', 'for records whose key is empty', list)
    .addOption(
      new Option(
        '--operation <operation>',
        'default: insert_or_update with a key, insert without',
      ).choices(OPERATIONS),
    )
    .addOption(
      new Option(
        '--doubles <how>',
        'records whose key came before in the file; default: update',
      ).choices(DOUBLES),
    )
    .addOption(
      new Option(
        '--duplicates <how>',
        'records that are in the table; default: update, with the operation insert: reject',
      ).choices(DUPLICATES),
    )
    .option('--map <column=field>', 'a column whose field has another name (repeatable)', collect)
    .option('--empty-overwrites <fields>', 'an empty value empties these fields', list)
    .option('--only-if-empty <fields>', 'write these only where the table has nothing', list)
    .option('--only-on-insert <fields>', 'write these only into new records', list)
    .option(
      '--on-error <field=policy>',
      'warn: without the field; reject: not the record (default); stop: the job (repeatable)',
      collect,
    )
    .option('--delimiter <character>', 'also by name: tab, semicolon; default: found out')
    .option('--encoding <name>', 'utf-8, utf-16le, windows-1252, iso-8859-1, …; default: found out')
    .option('--no-header', 'the first line is a record; its columns are 1, 2, …')
    .option('--max-rejects <n>', 'fail behind this many rejects')
    .option('--keep-going', 'also when the first 100 records are all rejected')
    .option('--trace', 'one journal entry for each record')
    .option('--label <text>', 'what the job is called in lists')
    .option('--dry-run', 'do everything, and keep nothing but the job')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, async (call) => {
        const specification = importSpecificationOf(file, options)
        await checkImport(call.store, specification)
        return await runHere(call, importJob(specification, { label: labelOf(options) }))
      })
    })
}

/** What was given as --label; an empty one is none. */
export function labelOf(options: unknown): string | undefined {
  const isGiven = typeof options === 'object' && options !== null && 'label' in options
  return isGiven && typeof options.label === 'string' ? options.label || undefined : undefined
}

export function list(text: string, before: string[] = []): string[] {
  return [...before, ...namesFrom(text)]
}

function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}

const EXAMPLES = `
Examples:
  Make a table after the file, and fill it:
  $ tallyman import people.csv --into people --create --key id
  Bring it up to date with tomorrow's file, and empty phones that are empty there:
  $ tallyman import people2.csv --into people --key id --empty-overwrites phone
  A file from elsewhere, with names of its own:
  $ tallyman import clients.txt --into people --key email --map Correo=email --delimiter ';' --encoding latin1
  See what would happen:
  $ tallyman import people.csv --into people --key id --dry-run
  Take records out of the table:
  $ tallyman import gone.csv --into people --key id --operation delete

Exit code: 0 no rejects, 3 rejects, 1 failed, paused, cancelled or interrupted, 2 wrong call.
Ctrl-C interrupts after the batch under way; the job goes on with: tallyman jobs start ID --run`
