import { Option, type Command } from 'commander'
import {
  DOUBLES,
  DUPLICATES,
  OPERATIONS,
  STANDARD_STREAM,
  type ImportSpecification,
} from '../../domain/specification/specification.ts'
import { parseNames } from '../../domain/texts/input-parsing.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { importJob, type NewJob } from '../../engine/jobs/new-job.ts'
import { helpIn } from '../../i18n/help.ts'
import { checkImport, checkTarget } from '../../pipeline/import/plan/check-import.ts'
import { refuseRepeatedImport } from '../options/repeated-import.ts'
import { addReadingOptions } from '../options/dialect-options.ts'
import { runHere } from '../run/run-here.ts'
import { filesOption } from '../options/server-options.ts'
import type { Call, Session } from '../ground/session.ts'
import { importSpecificationOf } from '../options/specification-of.ts'
import { partsOfFile } from '../options/specification-file.ts'
import { templateNameOf, templateOfCall } from '../options/template-option.ts'
import { spoolInput } from '../run/spool-input.ts'

export function addImport(program: Command, session: Session): void {
  const { import: help, reading } = helpIn(session.language)
  const command = program
    .command('import')
    .description(help.about)
    .argument('<file...>', help.file)
    .optionsGroup(help.recordsTitle)
    .option('--into <table>', help.into)
    .option('--template <name>', help.template)
    .option('--spec <file>', help.spec)
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
    .option('--sensitive <columns>', help.sensitive, list)
  addReadingOptions(command, reading)
    .option('--no-header', help.noHeader)
    .option('--skip <lines>', help.skip)
    .option('--skip-last <records>', help.skipLast)
    .option('--header-lines <n>', help.headerLines)
    .option('--columns <names>', help.columns, list)
    .option('--null <text>', help.null, collect)
    .optionsGroup(help.runTitle)
    .option('--max-rejects <n>', help.maxRejects)
    .option('--keep-going', help.keepGoing)
    .option('--trace', help.trace)
    .option('--label <text>', help.label)
    .addOption(filesOption(session.language))
    .option('--dry-run', help.dryRun)
    .option('--again', help.again)
    .addHelpText('after', help.examples)
    .action(async (files: string[], _options: unknown, command: Command) => {
      const options: unknown = command.optsWithGlobals()
      const ofFile = await partsOfFile(options, 'import')
      const hasTable = (parts: Record<string, unknown>) =>
        command.opts()['into'] !== undefined || parts['table'] !== undefined
      if (templateNameOf(options) === undefined && !hasTable(ofFile)) refuseNoTable(command)
      const act = async (call: Call) => {
        const template = await templateOfCall(call, options, 'import')
        const parts = { ...template?.parts, ...ofFile }
        if (!hasTable(parts)) refuseNoTable(command)
        const isPiped = files.includes(STANDARD_STREAM)
        if (isPiped && files.length > 1)
          throw new InvalidInputError({ problem: 'stream_among_files' })
        const wanted = isPiped
          ? await pipedJob(call, options, parts)
          : await checkedJob(call, importSpecificationOf(files, options, { parts }), options)
        return await runHere(call, { ...wanted, template: template?.key })
      }
      await session.run(options, act, { mustExist: false })
    })
}

/** Checks the target before it reads standard input. */
async function pipedJob(
  call: Call,
  options: unknown,
  parts: Record<string, unknown>,
): Promise<NewJob> {
  await checkTarget(call.store, importSpecificationOf([STANDARD_STREAM], options, { parts }))
  const { files: place, actor } = call.config
  return await spoolInput(call.store, { place, actor }, (path) => {
    const specification = importSpecificationOf([path], options, { spooled: true, parts })
    return checkedJob(call, specification, options, 'stdin')
  })
}

/** As commander refuses an option that is always required. */
function refuseNoTable(command: Command): never {
  command.error("error: required option '--into <table>' not specified", {
    code: 'commander.missingMandatoryOptionValue',
  })
}

async function checkedJob(
  call: Call,
  specification: ImportSpecification,
  options: unknown,
  fileName?: string,
): Promise<NewJob> {
  await checkImport(call.store, specification)
  const wanted = importJob(specification, { label: labelOf(options), fileName })
  await refuseRepeatedImport(call, specification, options)
  return wanted
}

/** The value of --label; undefined if it is empty. */
export function labelOf(options: unknown): string | undefined {
  const isGiven = typeof options === 'object' && options !== null && 'label' in options
  return isGiven && typeof options.label === 'string' ? options.label || undefined : undefined
}

export function list(text: string, before: string[] = []): string[] {
  return [...before, ...parseNames(text)]
}

function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}
