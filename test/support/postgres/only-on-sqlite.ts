/** Whole suites, or these of their tests: a title with cases stands for all of them. */
type Left = Record<string, 'all' | string[]>

/** What needs rows of the user's tables, which can neither be read nor written on PostgreSQL yet. */
const ROWS: Left = {
  'test/cli/checkout.test.ts': 'all',
  'test/cli/commands/demo.test.ts': 'all',
  'test/cli/output/escaped.test.ts': 'all',
  'test/cli/hostile-text.test.ts': 'all',
  'test/cli/json-lines.test.ts': 'all',
  'test/cli/commands/import.test.ts': 'all',
  'test/cli/commands/jobs.test.ts': 'all',
  'test/cli/one-file.test.ts': 'all',
  'test/cli/pipes.test.ts': 'all',
  'test/cli/commands/serve.test.ts': [
    'a job is run by a worker, let go of when the server stops, and gone on with by the next',
    'the worker of a server that is killed lets go of its job, and ends',
    'a worker that is killed is replaced, and its job goes on',
    'a second Ctrl-C ends server and workers at once',
  ],
  'test/cli/output/summary.test.ts': 'all',
  'test/cli/tampering.test.ts': 'all',
  'test/cli/verify-database.test.ts': 'all',
  'test/cli/verify-lines.test.ts': 'all',
  'test/cli/verify-rows.test.ts': 'all',
  'test/cli/warnings.test.ts': 'all',
  'test/cli/wrong-calls.test.ts': 'all',
  'test/engine/ground/rows-beside.test.ts': 'all',
  'test/http/hostile-text.test.ts': [
    'the files that are downloaded have names that are seen as they are',
  ],
  'test/http/routes/run-again.test.ts': 'all',
  'test/http/routes/result-download.test.ts': [
    'the file of an export is one click from the list',
    'is sent as it lies there',
    'is not sent where it is',
    'is sent though it was touched',
    'breaks off where it is changed while it is sent',
    'can have any name that a disk can keep',
    'takes its result in the outbox along',
    'leaves a result in a place that an operator chose',
    'leaves what somebody else has written there since',
    'leaves what another job has written there',
  ],
  'test/http/routes/job.test.ts': [
    'tells why records were rejected, and leads to those rejects',
    'says of what came to nothing no more than that, and has all counters on demand',
  ],
  'test/http/routes/jobs.test.ts': ['are tabs with their numbers, which show what they count'],
  'test/http/routes/new-job.test.ts': [
    'makes a job that a worker runs to its end',
    'that is sent twice makes one job; another answer makes another',
    'answers too long a label at its field',
    'offers files with hostile names as what they are, and imports them',
    'shows the newest 200 files, and says how many there are',
    'takes a file that is not in the list by its name',
    'makes a job that writes into the outbox',
    'replaces a file that is there only where that is ticked',
    'does not start while another job writes the file',
    'is taken from',
    'is changed by the form, and started',
    'stays as it is once the job was started',
    'keeps what the form does not show, and its own file wherever that is',
  ],
  'test/http/routes/rejects.test.ts': [
    'shows of each reject what tells it from others',
    'says what is wrong in words that anybody can act on',
    'says once what is the same of a reason that was chosen',
    'counts them by code and field',
    'tells errors from warnings',
    'goes through all of them, forwards and backwards',
    'shows its fields with the message at the one that is wrong',
    'says where it stands, in which file, and who met it',
    'with 200 fields shows those at fault first',
    'hides nothing of what is hostile',
    'that is long is shown by its beginning',
    'gives a file that, corrected, makes the table',
    'keeps the bytes of the source as they are',
    'of the reason that is shown gives its records alone',
    'for a spreadsheet is as those of the language want it',
  ],
  'test/http/routes/report.test.ts': ['counts the reasons before it shows examples'],
  'test/http/security.test.ts': ['in records are shown as they are'],
  'test/http/routes/today.test.ts': [
    'imports its sample in one click, once for two',
    'counts what was done today, and what moves, waits, failed and was rejected',
    'names who needs somebody, the newest first, each with its next step',
  ],
  'test/http/words-apart.test.ts': 'all',
  'test/worker/liveness/heartbeat.test.ts': [
    'the heart of a worker beats on while one statement takes for ever',
    'it tells of progress where much is read and nothing comes of it',
  ],
  'test/worker/run/run-job.test.ts': 'all',
  'test/worker/run/unused-table.test.ts': 'all',
  'test/worker/worker.test.ts': 'all',
}

/** What is about the file of SQLite, its lock, its triggers or its copies. */
const SQLITE_ITSELF: Left = {
  'test/cli/commands/backup.test.ts': 'all',
  'test/cli/foreign-database.test.ts': 'all',
  'test/cli/no-database.test.ts': 'all',
  'test/cli/own-files.test.ts': 'all',
  'test/pipeline/export/export.test.ts': [
    'tells null from an empty text, and keeps whole numbers of 64 bits and bytes',
    'writes every kind of value in every kind of column as the database writes it',
    'copies text that is not UTF-8 as it lies there, and tells of it once',
    'takes more columns than a function has arguments, and a delimiter of several bytes',
    'reads a table without rowid by',
    'reads a view, sorted, with equal rows as often as they come',
    'reads a table that has taken every name of the rowid',
    'takes fewer rows at a time where they are long',
  ],
  // A table that is read cannot be dropped there: who drops it waits.
  'test/pipeline/export/export-resume.test.ts': ['whose table is dropped meanwhile says so'],
  'test/http/routes/health.test.ts': [
    'a lock that nobody lets go of is told, and pages are read meanwhile',
  ],
  'test/worker/cleanup/clear-up.test.ts': [
    'what cannot be cleared away is told, and stops no worker',
  ],
  'test/worker/liveness/heartbeat.test.ts': [
    'a worker that held the lock for longer than the lease is alive when it lets go',
  ],
}

/** Suites that do not run on PostgreSQL, or these of their tests. Nothing else is left out. */
export const ONLY_ON_SQLITE = [ROWS, SQLITE_ITSELF].reduce((all, some) => {
  for (const [suite, tests] of Object.entries(some)) {
    const known = all[suite] ?? []
    all[suite] = tests === 'all' || known === 'all' ? 'all' : [...known, ...tests]
  }
  return all
}, {})

/**
 * Folders of suites that do not: imports and exports again, by every way and with every fault; the
 * pages, which are the same; and SQLite itself.
 */
export const FOLDERS_ONLY_ON_SQLITE = ['test/browser', 'test/db', 'test/faults', 'test/pipeline']
/** About PostgreSQL itself. */
export const ONLY_ON_POSTGRES = ['test/db/postgres.test.ts']
/** What runs there in spite of its folder. */
export const ALSO_ON_POSTGRES = [
  'test/faults/many-actors.test.ts',
  'test/pipeline/import-model.test.ts',
  'test/pipeline/import/import.test.ts',
  'test/pipeline/export/export.test.ts',
  'test/pipeline/export/export-resume.test.ts',
  ...ONLY_ON_POSTGRES,
]
