/** Whole suites, or these of their tests: a title with cases stands for all of them. */
type Left = Record<string, 'all' | string[]>

/** What cannot mean anything on PostgreSQL, by the reason. */
const LEFT: Record<string, Left> = {
  'the pages are the same there: smoke.test.ts shows them with the data of PostgreSQL': {
    'test/browser/accessibility.test.ts': 'all',
    'test/browser/assistant.test.ts': 'all',
    'test/browser/fingers.test.ts': 'all',
    'test/browser/lighthouse.test.ts': 'all',
    'test/browser/live.test.ts': 'all',
    'test/browser/outcome.test.ts': 'all',
    'test/browser/print.test.ts': 'all',
    'test/browser/reader.test.ts': 'all',
    'test/browser/refused-question.test.ts': 'all',
    'test/browser/upload-without-script.test.ts': 'all',
    'test/browser/upload.test.ts': 'all',
  },
  'the markup is the same there: markup.test.ts draws every page with the data of PostgreSQL': {
    'test/http/base-path.test.ts': ['every link'],
    'test/http/without-script.test.ts': ['no page in'],
    'test/http/words-apart.test.ts': ['no two words are read as one'],
  },
  'the demo makes a database of its own': {
    'test/browser/demo.test.ts': 'all',
    'test/cli/commands/demo.test.ts': 'all',
    'test/cli/commands/demo-on-postgres.test.ts': 'all',
  },
  'it takes ten seconds, and ends before a statement': {
    'test/pipeline/import/expressions.test.ts': [
      'a job of whose records many do not end fails, and names their lines',
    ],
  },
  'it is about a file and what is found in it, or about the file that is written': {
    // The same without gzip, and for a command, is held there.
    'test/faults/endless.test.ts': [
      'SIGTERM ends what a worker does with a line that never ends, as csv.gz',
      'cancel ends what a worker does with a quote that is never closed, as csv.gz',
      'pause ends what a worker does with a first line that never ends, as csv.gz',
      'SIGTERM ends what a worker does with no good record to tell the columns by, as csv.gz',
      'cancel ends what a worker does with nothing but empty lines, as csv.gz',
    ],
    'test/faults/hostile-sources.test.ts': ['for the inbox that'],
    'test/pipeline/formats/delimited/detection/found-dialects.test.ts': 'all',
    'test/pipeline/formats/delimited/head/heads.test.ts': 'all',
    'test/pipeline/hostile-parts.test.ts': 'all',
    'test/pipeline/import/plan/found-as-written.test.ts': 'all',
    'test/pipeline/import/plan/mapping.test.ts': 'all',
  },
  "it is about SQLite's file: its copies, its name, its lock and who may open it": {
    'test/cli/commands/backup.test.ts': 'all',
    'test/cli/no-database.test.ts': 'all',
    'test/cli/own-files.test.ts': 'all',
    'test/cli/wrong-calls.test.ts': ['nothing is written over the database'],
    'test/cli/run/verify-database.test.ts': [
      'a damaged database is told as such, and looked at no further',
    ],
    'test/db/sqlite/connection/copy.test.ts': 'all',
    'test/faults/database.test.ts': 'all',
    'test/faults/full-disk.test.ts': [
      // There the disk is the server's: cluster-disk.test.ts fills it.
      'fails the job and keeps what was committed; with room it comes to the same end',
      'fails the job of a real process, in one sentence, and Start makes it go on',
      'lets a backup be told in one sentence, and leaves nothing of it',
    ],
    'test/faults/upload.test.ts': [
      // There the files lie in the database: cluster-disk.test.ts fills its disk.
      'an upload that fills the disk of the database too',
    ],
    // Whoever stands still with the write lock: cluster.test.ts stops workers there.
    'test/faults/standing-worker.test.ts': 'all',
    'test/http/routes/health.test.ts': [
      'a lock that nobody lets go of is told, and pages are read meanwhile',
    ],
    'test/worker/cleanup/clear-up.test.ts': [
      'what cannot be cleared away is told, and stops no worker',
    ],
    'test/worker/liveness/heartbeat.test.ts': [
      'a worker that held the lock for longer than the lease is alive when it lets go',
    ],
  },
  'functions, collations and modules that only the program has which made the file': {
    'test/cli/foreign-database.test.ts': 'all',
    'test/db/foreign-database.test.ts': 'all',
    'test/pipeline/import/plan/unusable.test.ts': 'all',
  },
  "SQLite's plans, and how it reads its rows": {
    'test/db/plans.test.ts': 'all',
    'test/db/sqlite/rows/rows.test.ts': 'all',
  },
  'columns without a type, or with values of other types: types.test.ts has those of PostgreSQL': {
    'test/db/sqlite/tables/affinity.test.ts': 'all',
    'test/pipeline/blobs.test.ts': 'all',
    'test/pipeline/comparison.test.ts': 'all',
    'test/pipeline/doubles.test.ts': [
      'keys that a column without regard to case calls equal are doubles',
      'keys that differ in blanks at the end are doubles where the column ignores these',
      'of texts that a column makes one number of, one is told, or they are told to be doubles',
      'bytes are one key, in whatever digits they are written',
    ],
    'test/pipeline/export-back.test.ts': [
      'goes on with the quotes that it began with',
      'of the type',
      'a value behind a row of nothing, of which something else is told',
      'but not of a view, nor of what the table computes',
      'once, also where it was stopped in between',
      'stay what they are in a database of UTF-16, and are told',
      'are keys like all others',
      // A view has an order there only where it is asked for.
      'has its own order, or that of its columns',
      'in its own order begins anew when it was stopped',
      'that begins anew tells what it warned of once',
    ],
    'test/pipeline/export/export.test.ts': [
      // There NAME is another column than name.
      'takes the chosen columns in their order, another delimiter, and no header',
      'tells null from an empty text, and keeps whole numbers of 64 bits and bytes',
      'writes every kind of value in every kind of column as the database writes it',
      'copies text that is not UTF-8 as it lies there, and tells of it once',
      'takes more columns than a function has arguments, and a delimiter of several bytes',
      'reads a table without rowid by',
      'reads a view, sorted, with equal rows as often as they come',
      'reads a table that has taken every name of the rowid',
      'takes fewer rows at a time where they are long',
    ],
    'test/pipeline/formats/json-lines/export.test.ts': 'all',
    'test/pipeline/formats/json-lines/round-trip.test.ts': 'all',
    // A reference to a column of another type.
    'test/pipeline/made-keys.test.ts': [
      'so do those that write a number as a text with zeros before it',
    ],
    'test/pipeline/round-trip.test.ts': 'all',
  },
  "defaults, collations and triggers in SQLite's language, and its conflict clauses: rules.test.ts, target.test.ts and batch-sizes.test.ts hold the same of PostgreSQL's":
    {
      'test/engine/ground/rows-beside.test.ts': 'all',
      // A trigger that kills the worker itself: there it runs in the server.
      'test/faults/poison.test.ts': 'all',
      'test/faults/rules-of-tables.test.ts': 'all',
      'test/pipeline/defaults.test.ts': 'all',
      'test/pipeline/postponed.test.ts': [
        'a record waits for one that waits itself, by whichever key it is known',
        'references of two columns, and records without a key, wait as well',
      ],
      'test/pipeline/rolled-back.test.ts': 'all',
      'test/pipeline/rules-of-the-table.test.ts': 'all',
    },
  'names of which there are several or none there: in other cases, empty, or longer than 63 bytes':
    {
      'test/cli/hostile-text.test.ts': 'all',
      'test/http/hostile-text.test.ts': [
        'the files that are downloaded have names that are seen as they are',
      ],
      'test/pipeline/own-columns.test.ts': [
        'names that are blank, or have blanks around them, find their field',
      ],
    },
  'what its transactions do not let happen': {
    // All tables are made in one.
    'test/faults/migration.test.ts': 'all',
    // Who drops a table that is read waits.
    'test/pipeline/export/export-resume.test.ts': ['whose table is dropped meanwhile says so'],
  },
}

/** Suites that do not run on PostgreSQL, or these of their tests. Nothing else is left out. */
export const ONLY_ON_SQLITE: Left = Object.assign({}, ...Object.values(LEFT))

/** About PostgreSQL itself. */
export const ONLY_ON_POSTGRES = [
  'test/cli/commands/move.test.ts',
  'test/db/postgres/open.test.ts',
  'test/db/postgres/own-parts.test.ts',
  'test/db/postgres/seen-keys.test.ts',
  'test/db/postgres/target/target.test.ts',
  'test/db/postgres/target/foresight.test.ts',
  'test/db/postgres/target/many-records.test.ts',
  'test/db/postgres/target/batch-sizes.test.ts',
  'test/db/postgres/tables/comparable.test.ts',
  'test/db/postgres/tables/inference.test.ts',
  'test/db/postgres/tables/kept-changes.test.ts',
  'test/db/postgres/tables/kept-names.test.ts',
  'test/db/postgres/tables/latest-change.test.ts',
  'test/db/postgres/tables/names.test.ts',
  'test/db/postgres/tables/types.test.ts',
  'test/db/postgres/target/rules.test.ts',
  'test/db/postgres/target/views.test.ts',
  'test/db/postgres/rights.test.ts',
  'test/db/postgres/target/row-security.test.ts',
  'test/db/postgres/target/sql-states.test.ts',
  'test/db/postgres/rows/delimited-rows.test.ts',
  'test/db/postgres/connection.test.ts',
  'test/db/postgres/sessions.test.ts',
  'test/db/postgres/text-search.test.ts',
  'test/engine/cleanup/two-at-once.test.ts',
  'test/faults/cluster.test.ts',
  'test/faults/oldest-postgres.test.ts',
  'test/faults/rolling-upgrade.test.ts',
  'test/faults/cluster-disk.test.ts',
  'test/faults/cluster-mix.test.ts',
]
