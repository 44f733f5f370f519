import { Command, CommanderError } from 'commander'
import { DEFAULT_DATABASE } from '../config.ts'
import { isOfDatabase, databaseProblemOf } from '../db/database-problem.ts'
import {
  ConflictError,
  DatabaseLostError,
  InvalidInputError,
  NotFoundError,
  WrongSettingsError,
} from '../domain/words/errors.ts'
import { problemText, type Language } from '../i18n/catalogue.ts'
import { fill } from '../i18n/fill.ts'
import { helpIn } from '../i18n/help.ts'
import { withProgramName } from '../i18n/program-name.ts'
import { addBackup } from './commands/backup.ts'
import { addDemo } from './commands/demo.ts'
import { addExample } from './commands/example.ts'
import { addExport } from './commands/export.ts'
import { helpConfiguration } from './options/help-configuration.ts'
import { WrongSpecificationError } from '../domain/specification/specification-file.ts'
import { addImport } from './commands/import.ts'
import { addMove } from './move/move.ts'
import { addInspect } from './commands/inspect.ts'
import { addJobs } from './commands/jobs.ts'
import { optionOf } from './options/option-of.ts'
import { exitOnBrokenPipe, printToStderr } from './output/print.ts'
import { addServe } from './commands/serve.ts'
import { Session } from './ground/session.ts'
import { addTemplates } from './commands/templates.ts'
import { addVerify } from './commands/verify.ts'
import { packageVersion } from '../installation.ts'
import { addWorker, addWorkers } from './commands/worker.ts'
import { wrongCallText } from './options/wrong-call.ts'

/** Runs one command. @returns the exit code of the process */
export async function run(argv: string[]): Promise<number> {
  exitOnBrokenPipe()
  const session = new Session(process.env)
  try {
    await programOf(session).parseAsync(argv, { from: 'user' })
    return session.exitCode
  } catch (error) {
    return explain(error, session.language)
  }
}

function programOf(session: Session): Command {
  const { language } = session
  const help = helpIn(language).tallyman
  const program = new Command('tallyman')
    .description(help.about)
    .option(
      '--database <url>',
      fill(help.database, () => DEFAULT_DATABASE),
    )
    .option('--json', help.json)
    .version(packageVersion(), '--version', help.version)
    .helpOption('-h, --help', help.help)
    .helpCommand('help [command]', help.helpOfCommand)
    .exitOverride()
    .configureHelp(helpConfiguration(language))
    .configureOutput({
      outputError: () => undefined,
      writeOut: (text) => void process.stdout.write(withProgramName(text)),
    })
    .addHelpText('after', help.examples)
  addImport(program, session)
  addInspect(program, session)
  addExample(program, session)
  addExport(program, session)
  addJobs(program, session)
  addTemplates(program, session)
  addServe(program, session)
  addWorker(program, session)
  addWorkers(program, session)
  addBackup(program, session)
  addMove(program, session)
  addVerify(program, session)
  addDemo(program, session)
  return program
}

/** Prints one sentence for errors that the caller can fix, and unexpected errors in full. */
function explain(error: unknown, language: Language): number {
  if (error instanceof CommanderError) {
    const text = wrongCallText(error, language)
    if (text !== undefined) printToStderr(text)
    return error.exitCode === 0 ? 0 : 2
  }
  if (error instanceof InvalidInputError) {
    for (const { problem, at } of error.faults) {
      const option = optionOf(at)
      const sentence = problemText(language, problem)
      printToStderr(option === undefined ? sentence : `${option}: ${sentence}`)
    }
    return 2
  }
  if (error instanceof NotFoundError) {
    printToStderr(problemText(language, error.problem))
    return 2
  }
  if (error instanceof WrongSpecificationError) {
    for (const { at, problem } of error.faults) {
      const place = at.length === 0 ? error.path : `${error.path}: ${at.join('.')}`
      printToStderr(`${place}: ${problemText(language, problem)}`)
    }
    return 2
  }
  if (error instanceof WrongSettingsError) {
    for (const { name, problem } of error.wrong)
      printToStderr(`${name}: ${problemText(language, problem)}`)
    return 2
  }
  const problem = databaseProblemOf(error)
  if (error instanceof ConflictError || error instanceof DatabaseLostError) {
    printToStderr(problemText(language, error.problem))
  } else if (problem !== undefined) printToStderr(problemText(language, problem))
  else if (isOfSystem(error) || isOfDatabase(error)) printToStderr(`${error.message}.`)
  else console.error(error)
  return 1
}

/** A system error, such as a missing permission; its message is enough. */
function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code))
}
