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
  'test/cli/tampering.test.ts': 'all',
  'test/cli/verify-database.test.ts': 'all',
  'test/cli/verify-lines.test.ts': 'all',
  'test/cli/verify-rows.test.ts': 'all',
  'test/cli/warnings.test.ts': 'all',
  'test/cli/wrong-calls.test.ts': 'all',
  'test/engine/ground/rows-beside.test.ts': 'all',
  'test/http/again.test.ts': 'all',
  'test/http/routes/result-download.test.ts': 'all',
  'test/http/job-page.test.ts': [
    'tells why records were rejected, and leads to those rejects',
    'says of what came to nothing no more than that, and has all counters on demand',
  ],
  'test/http/list.test.ts': ['are tabs with their numbers, which show what they count'],
  'test/http/routes/new-job.test.ts': 'all',
  'test/http/routes/rejects.test.ts': 'all',
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

/** Texts with U+0000: labels, names of files. PostgreSQL stores none, and nobody has said what then. */
const NULS: Left = { 'test/http/hostile-text.test.ts': 'all' }

/** What is about the file of SQLite, its lock, its triggers or its copies. */
const SQLITE_ITSELF: Left = {
  'test/cli/commands/backup.test.ts': 'all',
  'test/cli/foreign-database.test.ts': 'all',
  'test/cli/no-database.test.ts': 'all',
  'test/cli/own-files.test.ts': 'all',
  'test/http/middleware/health.test.ts': [
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
export const ONLY_ON_SQLITE = [ROWS, NULS, SQLITE_ITSELF].reduce((all, some) => {
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
export const ALSO_ON_POSTGRES = ['test/faults/many-hands.test.ts', ...ONLY_ON_POSTGRES]
