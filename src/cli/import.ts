import { Option, type Command } from 'commander'
import { DOUBLES, DUPLICATES, OPERATIONS } from '../domain/specification.ts'
import { namesFrom } from '../domain/typed.ts'
import { importJob } from '../engine/wanted-job.ts'
import { helpIn } from '../i18n/help.ts'
import { checkImport } from '../pipeline/check-import.ts'
import { askAgain } from './again.ts'
import { runHere } from './run-here.ts'
import type { Session } from './session.ts'
import { importSpecificationOf } from './specification-of.ts'

export function addImport(program: Command, session: Session): void {
  const help = helpIn(session.language).import
  program
    .command('import')
    .description(help.about)
    .argument('<file>', help.file)
    .requiredOption('--into <table>', help.into)
    .option('--create', help.create)
    .option('--key <fields>', help.key, list)
    .option('--second-key <fields>', help.secondKey, list)
    .addOption(new Option('--operation <operation>', help.operation).choices(OPERATIONS))
    .addOption(new Option('--doubles <how>', help.doubles).choices(DOUBLES))
    .addOption(new Option('--duplicates <how>', help.duplicates).choices(DUPLICATES))
    .option('--map <column=field>', help.map, collect)
    .option('--empty-overwrites <fields>', help.emptyOverwrites, list)
    .option('--only-if-empty <fields>', help.onlyIfEmpty, list)
    .option('--only-on-insert <fields>', help.onlyOnInsert, list)
    .option('--on-error <field=policy>', help.onError, collect)
    .option('--delimiter <character>', help.delimiter)
    .option('--encoding <name>', help.encoding)
    .option('--no-header', help.noHeader)
    .option('--max-rejects <n>', help.maxRejects)
    .option('--keep-going', help.keepGoing)
    .option('--trace', help.trace)
    .option('--label <text>', help.label)
    .option('--dry-run', help.dryRun)
    .option('--again', help.again)
    .addHelpText('after', help.examples)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      await session.run(options, async (call) => {
        const specification = importSpecificationOf(file, options)
        await checkImport(call.store, specification)
        const wanted = importJob(specification, { label: labelOf(options) })
        await askAgain(call, specification, options)
        return await runHere(call, wanted)
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
