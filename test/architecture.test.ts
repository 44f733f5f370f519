import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FAILURES, MESSAGES } from '../src/domain/words/messages.ts'
import { PROBLEMS } from '../src/domain/words/problems.ts'
import { faultsOf } from './support/architecture.ts'

const root = path.join(import.meta.dirname, '..')
const files = globSync('{src,views,migrations}/**/*.{ts,tsx}', { cwd: root })
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('every room imports only what it may, and no file is too long', () => {
  expect(files.length).toBeGreaterThan(30)
  expect(files.flatMap((file) => faultsOf(file, read(file)))).toEqual([])
})

test('there is no message, reason or problem that nobody tells', () => {
  const lists = /^src\/(i18n\/|domain\/words\/(messages|problems[\w-]*)\.ts)/
  const told = files.filter((file) => !lists.test(file)).map(read)
  const nobodyTells = (key: string) => !told.some((text) => text.includes(`'${key}'`))
  const ofFailures = new Set<string>(Object.values(FAILURES))
  const messages = Object.keys(MESSAGES).filter((code) => !ofFailures.has(code))
  const all = [...messages, ...Object.keys(FAILURES), ...Object.keys(PROBLEMS)]
  expect(all.filter(nobodyTells)).toEqual([])
})

test('the check itself finds what it is for', () => {
  const text = "import { x } from '../engine/jobs.ts'\nimport type { Y } from '../worker/y.ts'\n"
  expect(faultsOf('src/pipeline/a.ts', text)).toEqual([
    'src/pipeline/a.ts: pipeline may not import engine',
  ])
  expect(faultsOf('src/engine/a.ts', 'export default 1\n')).toEqual([
    'src/engine/a.ts: a default export',
  ])
  expect(faultsOf('src/engine/a.ts', 'sql`pragma foreign_keys`')).toHaveLength(1)
  expect(faultsOf('src/db/a.ts', "const code = 'SQLITE_FULL'")).toHaveLength(1)
  expect(faultsOf('src/db/sqlite/a.ts', "const code = 'SQLITE_FULL'")).toEqual([])
  expect(faultsOf('src/cli/a.ts', "await db.selectFrom('tallyman_job').execute()")).toHaveLength(1)
  expect(faultsOf('src/http/a.ts', 'await sql<{ id: number }>`select 1`.execute(db)')).toHaveLength(
    1,
  )
  expect(faultsOf('src/engine/a.ts', "import Database from 'better-sqlite3'\n")).toHaveLength(1)
  expect(faultsOf('src/db/a.ts', "import { openSqlite } from './sqlite/open.ts'\n")).toEqual([
    'src/db/a.ts: knows the kind of database sqlite',
  ])
  expect(faultsOf('src/worker/a.ts', "console.error('x')\n")).toEqual([
    'src/worker/a.ts: writes to the console',
  ])
  expect(faultsOf('src/worker/a.ts', "import { run } from '../cli/program.ts'\n")).toEqual([
    'src/worker/a.ts: worker may not import cli',
  ])
  expect(faultsOf('src/domain/a.ts', "const x = await import('../db/open.ts')\n")).toHaveLength(1)
  expect(faultsOf('migrations/0002_a.ts', "import { z } from 'zod'\n")).toEqual([
    'migrations/0002_a.ts: migrations may not import zod',
  ])
  expect(faultsOf('src/domain/a.ts', 'export enum Colour { Red }\n')).toHaveLength(1)
  expect(faultsOf('src/domain/a.ts', '\n'.repeat(251))).toHaveLength(1)
})

test('what a room may do is no fault', () => {
  const text = "import { x } from '../db/open.ts'\nimport { sql } from 'kysely'\n"
  expect(faultsOf('src/engine/a.ts', text)).toEqual([])
  expect(faultsOf('migrations/0002_a.ts', "export async function up() {\n  f('job')\n}\n")).toEqual(
    [],
  )
  expect(faultsOf('src/db/open.ts', "import { openSqlite } from './sqlite/open.ts'\n")).toEqual([])
  expect(faultsOf('src/db/sqlite/a.ts', "import Database from 'better-sqlite3'\n")).toEqual([])
  expect(faultsOf('src/main.ts', "await import('./cli/program.ts')\n")).toEqual([])
})
