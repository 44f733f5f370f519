import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { findPostgres } from './support/postgres/find.ts'
import { ONLY_ON_POSTGRES } from './support/postgres/only-on-sqlite.ts'
import { suitesOnPostgres } from './support/postgres/suites.ts'

const common = {
  // A worker loads the program once, and not for each file.
  isolate: false,
  setupFiles: ['test/support/each-file.ts'],
  // A long form takes as long as it takes.
  testTimeout: process.env['TALLYMAN_FAULTS'] === 'long' ? 0 : 120_000,
  // How long a fact is waited for: no test is about time.
  expect: { poll: { timeout: 60_000 } },
  hookTimeout: 60_000,
}

const onSqlite = {
  test: {
    ...common,
    name: 'sqlite',
    include: ['test/**/*.test.ts'],
    exclude: ONLY_ON_POSTGRES,
    provide: { database: 'SQLite' },
  },
} satisfies TestProjectInlineConfiguration

/** What opens a database, once more. */
const onPostgres = {
  test: {
    ...common,
    name: 'postgres',
    runner: './test/support/postgres/runner.ts',
    include: suitesOnPostgres(),
    provide: { database: 'PostgreSQL' },
  },
} satisfies TestProjectInlineConfiguration

export default defineConfig({
  test: {
    globalSetup: ['test/support/programs/build.ts', 'test/support/postgres/setup.ts'],
    maxWorkers: 2,
    projects: hasPostgres() ? [onSqlite, onPostgres] : [onSqlite],
  },
})

/** @throws where nothing may be skipped */
function hasPostgres(): boolean {
  if (findPostgres() !== undefined) return true
  const loud = 'NOTHING RUNS ON POSTGRESQL: there is none. Set TEST_DATABASE_URL, or install one.'
  if (process.env['TALLYMAN_NO_SKIP']) throw new Error(loud)
  console.warn(loud)
  return false
}
