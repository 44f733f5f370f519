/** Whole suites, or these of their tests: a title with cases stands for all of them. */
type Left = Record<string, 'all' | string[]>

/** A table that goes by names in several cases, which are several there; copies of SQLite's file. */
const NAMES_IN_ANY_CASE: Left = {
  'test/cli/tampering.test.ts': 'all',
  'test/cli/run/verify-database.test.ts': 'all',
}

/** Names of columns that are longer than 63 bytes: a table with such can't be made there. */
const LONG_NAMES: Left = {
  'test/cli/hostile-text.test.ts': 'all',
  'test/http/hostile-text.test.ts': [
    'the files that are downloaded have names that are seen as they are',
  ],
}

/** The demo makes a database of its own. */
const DEMO: Left = {
  'test/cli/commands/demo.test.ts': 'all',
  'test/cli/commands/demo-on-postgres.test.ts': 'all',
}

/** Its own collations. */
const COLLATIONS: Left = {
  'test/pipeline/postponed.test.ts': [
    'a record waits for one that waits itself, by whichever key it is known',
    'references of two columns, and records without a key, wait as well',
  ],
}

/** What is about the file of SQLite, its lock, its triggers or its copies. */
const SQLITE_ITSELF: Left = {
  'test/cli/commands/backup.test.ts': 'all',
  'test/cli/foreign-database.test.ts': 'all',
  'test/cli/no-database.test.ts': 'all',
  'test/cli/own-files.test.ts': 'all',
  'test/cli/wrong-calls.test.ts': ['nothing is written over the database'],
  'test/engine/ground/rows-beside.test.ts': 'all',
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

/** Faults of its file, its one lock and its process, which a server keeps for itself. */
const SQLITE_FAULTS: Left = {
  'test/faults/database.test.ts': 'all',
  'test/faults/full-disk.test.ts': [
    // The database's own disk: there it is the server's, and cluster-disk.test.ts fills it.
    'fails the job and keeps what was committed; with room it comes to the same end',
    'fails the job of a real process, in one sentence, and Start makes it go on',
    'lets a backup be told in one sentence, and leaves nothing of it',
  ],
  // There all tables are made in one transaction.
  'test/faults/migration.test.ts': 'all',
  // A trigger that kills the worker itself: there it runs in the server.
  'test/faults/poison.test.ts': 'all',
  // Random conflict clauses; batch-sizes.test.ts holds the same of PostgreSQL's triggers.
  'test/faults/rules-of-tables.test.ts': 'all',
  // Whoever stands still with the write lock; cluster.test.ts stops workers there.
  'test/faults/standing-worker.test.ts': 'all',
}

/** Suites that do not run on PostgreSQL, or these of their tests. Nothing else is left out. */
export const ONLY_ON_SQLITE = [
  NAMES_IN_ANY_CASE,
  LONG_NAMES,
  DEMO,
  COLLATIONS,
  SQLITE_ITSELF,
  SQLITE_FAULTS,
].reduce((all, some) => {
  for (const [suite, tests] of Object.entries(some)) {
    const known = all[suite] ?? []
    all[suite] = tests === 'all' || known === 'all' ? 'all' : [...known, ...tests]
  }
  return all
}, {})

/**
 * Folders of suites that do not, but for those below: imports and exports again, by every way, many
 * of them over SQLite's own types; the pages, which are the same; and SQLite.
 */
export const FOLDERS_ONLY_ON_SQLITE = ['test/browser', 'test/db', 'test/pipeline']
/** About PostgreSQL itself. */
export const ONLY_ON_POSTGRES = [
  'test/cli/commands/move.test.ts',
  'test/db/postgres/open.test.ts',
  'test/db/postgres/target/target.test.ts',
  'test/db/postgres/target/batch-sizes.test.ts',
  'test/db/postgres/tables/inference.test.ts',
  'test/db/postgres/tables/latest-change.test.ts',
  'test/db/postgres/tables/types.test.ts',
  'test/db/postgres/target/rules.test.ts',
  'test/db/postgres/target/views.test.ts',
  'test/db/postgres/rights.test.ts',
  'test/db/postgres/target/sql-states.test.ts',
  'test/db/postgres/rows/delimited-rows.test.ts',
  'test/db/postgres/connection.test.ts',
  'test/db/postgres/sessions.test.ts',
  'test/db/postgres/text-search.test.ts',
  'test/faults/cluster.test.ts',
  'test/faults/oldest-postgres.test.ts',
  'test/faults/rolling-upgrade.test.ts',
  'test/faults/cluster-disk.test.ts',
  'test/faults/cluster-mix.test.ts',
]
/** What runs there in spite of its folder. */
export const ALSO_ON_POSTGRES = [
  'test/pipeline/import/preview/example-file.test.ts',
  'test/pipeline/import-model.test.ts',
  'test/pipeline/export/formats.test.ts',
  'test/pipeline/import/checks.test.ts',
  'test/pipeline/import/expressions.test.ts',
  'test/pipeline/import/fields.test.ts',
  'test/pipeline/import/changes.test.ts',
  'test/pipeline/postponed.test.ts',
  'test/pipeline/postponed-model.test.ts',
  'test/pipeline/import/import.test.ts',
  'test/pipeline/import/sensitive.test.ts',
  'test/pipeline/export/export.test.ts',
  'test/pipeline/export/export-resume.test.ts',
  'test/pipeline/export/stored-export.test.ts',
  'test/pipeline/files/stored-file.test.ts',
  'test/pipeline/import/stored-source.test.ts',
  'test/pipeline/export/selection.test.ts',
  'test/pipeline/export/differential.test.ts',
  ...ONLY_ON_POSTGRES,
]
