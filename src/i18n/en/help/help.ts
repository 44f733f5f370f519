import { helpOfFiles } from './help-of-files.ts'
import { helpOfRepairs } from './help-of-repairs.ts'

/** The texts of `tallyman --help` and of the help of each command; options by their names. */
export const help = {
  titles: {
    'Usage:': 'Usage:',
    'Arguments:': 'Arguments:',
    'Global Options:': 'Global Options:',
    'Options:': 'Options:',
    'Commands:': 'Commands:',
    '[options]': '[options]',
    '[command]': '[command]',
  },
  tallyman: {
    about: 'Brings files into tables and tables into files, and accounts for every record.',
    database:
      'where jobs and tables are: sqlite:PATH or postgres://USER@HOST/DATABASE (default: $TALLYMAN_DATABASE, else {database})',
    json: 'one JSON object on standard output, and nothing else there',
    version: 'prints the version',
    help: 'show this help',
    helpOfCommand: 'show the help of a command',
    choices: 'one of {values}',
    default: 'default: {value}',
    examples: `
Examples:
  $ tallyman import people.csv --into people --create --key id
  $ tallyman serve
  $ tallyman jobs list
  $ tallyman jobs rejects 1
  $ tallyman export people --to people.csv.gz

Every command tells more: tallyman import --help`,
  },
  ...helpOfFiles,
  jobs: {
    about: 'see jobs and control them',
    id: 'number of the job',
    list: 'the jobs, newest first',
    only: 'only these',
    template: 'only jobs that were made from the template of this name',
    withRejects: 'only jobs that rejected a record',
    before: 'only jobs that are older than this one',
    limit: 'at most so many',
    show: 'a job with its tally',
    spec: 'what was asked for, as a file for --spec',
    journal: 'what happened to a job, oldest first',
    level: 'only these entries',
    rejects: 'the records that did not go in, and why; --json prints one object a line',
    export: 'as a file to correct and import again; - is standard output',
    openRejects: 'only those that are neither repaired nor set aside',
    rejectType: 'only these: error keeps a record out, warning does not (exports: default error)',
    code: 'only these, by the code of their message, such as TLY-3001',
    field: 'only these, by the field at fault; "" where it is the whole record',
    forSpreadsheet:
      'with --export: to read in a spreadsheet, reasons first, cells safe from formulas',
    ...helpOfRepairs,
    start: 'let a job go on where it stopped',
    priority: 'of the jobs that wait, those with a higher number first (-1000 to 1000; else 0)',
    run: 'run it here and now, where else it waits for a worker',
    pause: 'suspend a job after the batch under way',
    cancel: 'stop a job for good after the batch under way; what is written stays',
    runAgain: 'a new job like one that is over',
    again: 'also where the same file would go into the table twice, without a key',
    delete: 'a job that is over, with its journal, rejects and its result in the outbox',
    purge:
      'purge now what is over for so many days, however many, and whatever the clock said before',
    removed: 'the jobs that were deleted or purged: what they did, when they went, by whom',
    examples: `
Examples:
  $ tallyman jobs list --status failed
  $ tallyman jobs list --with-rejects
  $ tallyman jobs show 7
  $ tallyman jobs journal 7
  $ tallyman jobs rejects 7 --export corrections.csv
  $ tallyman jobs pause 7
  $ tallyman jobs start 7 --run`,
    rejectsExamples: `
Examples:
  $ tallyman jobs rejects 7
  $ tallyman jobs rejects 7 --json | head -3
  $ tallyman jobs rejects 7 --code TLY-3001 --export reasons.csv --for-spreadsheet
  $ tallyman jobs rejects 7 --export corrections.csv
  (correct the file; its columns reject_… may stay)
  $ tallyman jobs repair 7 corrections.csv`,
  },
  serve: {
    about: 'the console in the browser, and workers that run its jobs, until Ctrl-C',
    port: '0: any that is free (default: $TALLYMAN_PORT, else {port})',
    host: 'default: $TALLYMAN_HOST, else {host}: this machine alone',
    workers: 'jobs that run at once (default: $TALLYMAN_WORKERS, else 1 or 2)',
    files:
      'where files of its own are kept: database, or a folder that all machines share (default: $TALLYMAN_FILES, else the database on PostgreSQL, and the disk on SQLite)',
    keepDays:
      'purge jobs that are over for so many days (default: $TALLYMAN_KEEP_DAYS, else keep them)',
    examples: `
Examples:
  $ tallyman serve
  $ tallyman serve --port 8080 --workers 1
  $ TALLYMAN_BASE_PATH=/tallyman TALLYMAN_TRUSTED_ORIGINS=https://intranet.example tallyman serve

SIGTERM or Ctrl-C commits the batches under way and stops within ten seconds; the next server goes
on with the jobs. A second Ctrl-C ends at once.
Under a host name that is not its own it answers where TALLYMAN_HOSTS names it.`,
  },
  worker: {
    about: 'run the jobs that wait, one after the other, until Ctrl-C',
    once: 'end when no job waits any more',
    examples: `
Examples:
  $ tallyman worker
  $ tallyman worker --once --database sqlite:/srv/tallyman.db

SIGTERM or Ctrl-C commits the batch under way and lets go of its job; another worker, or the next
one, goes on with it.`,
  },
  workers: {
    about: 'workers of this database, on all machines',
    list: 'who is alive, on which machine, with which version and job',
  },
  backup: {
    about: 'copy the database as it is now into a file, while jobs run',
    file: 'the copy; it appears under its name when it is complete',
    replace: 'also where there is such a file already',
    examples: `
Examples:
  $ tallyman backup /srv/backups/tallyman-monday.db
  $ tallyman backup latest.db --replace --json

To use it, start Tallyman with it: tallyman serve --database sqlite:latest.db
What is in it can be looked at: tallyman verify --database sqlite:latest.db`,
  },
  move: {
    about: 'take everything that Tallyman keeps from one database into another',
    from: 'where it is now; it stays as it is',
    to: 'where it goes: postgres://USER@HOST/DATABASE, without jobs',
    examples: `
Example:
  $ tallyman move --from sqlite:tallyman-data/tallyman.db --to postgres://tallyman@db.example/tallyman

Jobs, journals, rejects, repairs and files go along under their numbers; the tables that jobs read
and write do not. No server and no worker may run. The same command goes on with a move that was
interrupted.
Exit code: 0 moved, 3 moved but for files that are gone from the disk, 1 or 2 not moved.`,
  },
  verify: {
    about: 'hold every job against its rejects, its journal, its table and its file',
    examples: `
Examples:
  $ tallyman verify
  $ tallyman verify --database sqlite:backup.db --json

Exit code: 0 all agrees, 4 something does not, 1 or 2 it could not be looked at.
It may run while jobs do.

What stands in two places is compared. It cannot be known that somebody changed
  - what stands in one place alone: values of rows, bytes and details of rejects, who
    removed a job and what it was called, an operator's entry, keys that a job remembers,
    rules for a field, which of two outcomes a success was, the pace, how many batches
    there were
  - times that nothing repeats, and how long a job ran: clocks jump
  - the rows of a table that was never empty when an import began
  - a whole history that agrees with itself, such as a job that is gone with all its
    traces and has a record of its removal`,
  },
  demo: {
    about: 'a server on a fresh sample database with jobs in every status, until Ctrl-C',
    postgres: 'on a PostgreSQL of its own, that npm has brought, in place of SQLite',
    examples: `
Examples:
  $ tallyman demo
  $ tallyman demo --postgres
  $ tallyman demo --port 0 --json

Its workers are slowed down on purpose, so that there is something to watch, and its database is
gone when it ends.`,
  },
  wrongCalls: {
    noArgument: 'The argument {name} is missing.',
    noValue: '{name} lacks its value.',
    noOption: '{name} is missing.',
    unknownOption: "Unknown option '{name}'.",
    unknownCommand: "Unknown command '{name}'.",
    tooMany: "There is more behind '{name}' than it takes.",
    noChoice: "{name} does not take '{value}'; write one of {choices}.",
    suggestion: 'Did you mean {names}?',
    seeHelp: 'See --help.',
  },
} as const

/** Requires the same keys in every language. */
type Texts<Of> = { [Key in keyof Of]: Of[Key] extends string ? string : Texts<Of[Key]> }
export type Help = Texts<typeof help>
