import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FAILURES } from '../src/domain/words/failures.ts'
import { MESSAGES } from '../src/domain/words/messages.ts'
import { PROBLEMS } from '../src/domain/words/problems.ts'
import { faultsOf } from './support/house/architecture.ts'
import { circlesAmong } from './support/house/circles.ts'
import { unknownFloors } from './support/house/floors.ts'

/** The tests of a room; others are about several. */
const ROOMS = /^test\/(domain|i18n|db|engine|pipeline|worker|http|views|cli)\//
const root = path.join(import.meta.dirname, '..')
const files = globSync('{src,views,migrations}/**/*.{ts,tsx}', { cwd: root })
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('every room and every floor imports only what it may', () => {
  expect(files.length).toBeGreaterThan(30)
  expect(files.flatMap((file) => faultsOf(file, read(file)))).toEqual([])
  expect(unknownFloors(files)).toEqual([])
})

test('no files import one another in a circle, not even types', () => {
  const support = globSync('test/support/**/*.ts', { cwd: root })
  const sources = [...files, ...support].map((file) => ({ file, text: read(file) }))
  expect(sources.length).toBeGreaterThan(500)
  expect(circlesAmong(sources)).toEqual([])
})

test('half of the files have at most 60 lines, none has more than 200, and no folder more than 15 files', () => {
  const lines = files.map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
  expect(lines.filter(({ lines }) => lines > 200)).toEqual([])
  expect(lines.filter(({ lines }) => lines <= 60).length).toBeGreaterThanOrEqual(files.length / 2)
  // Migrations are a series, which only grows.
  const folders = Map.groupBy(
    files.filter((file) => !file.startsWith('migrations/')),
    (file) => path.dirname(file),
  )
  expect([...folders].filter(([, inside]) => inside.length > 15)).toEqual([])
})

test('tests lie in the folders of what they test, and what they share in small folders', () => {
  const tests = globSync('test/**/*.ts', { cwd: root })
  const ofRooms = tests.filter((file) => ROOMS.test(file) && file.endsWith('.test.ts'))
  expect(ofRooms.length).toBeGreaterThan(100)
  const mirrored = ofRooms.map((file) => path.dirname(file).replace(/^test\/(views)?/, '$1'))
  const isThere = (folder: string) =>
    existsSync(path.join(root, folder.startsWith('views') ? folder : path.join('src', folder)))
  expect([...new Set(mirrored)].filter((folder) => !isThere(folder))).toEqual([])
  const support = Map.groupBy(
    tests.filter((file) => file.startsWith('test/support/')),
    (file) => path.dirname(file),
  )
  expect([...support].filter(([, inside]) => inside.length > 15)).toEqual([])
})

test('no two types that are exported have one name, and no type of a file has the name of such', () => {
  const named = files.flatMap((file) =>
    [...read(file).matchAll(/^(export )?(?:abstract )?(?:type|interface|class) (\w+)/gm)].map(
      ([, exported, name = '']) => ({ name, file, isExported: exported !== undefined }),
    ),
  )
  expect(named.length).toBeGreaterThan(500)
  const byName = Map.groupBy(named, ({ name }) => name)
  const twins = [...byName].filter(
    ([, all]) => all.length > 1 && all.some(({ isExported }) => isExported),
  )
  expect(twins).toEqual([])
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
    'src/db/a.ts: . may not import sqlite',
  ])
  expect(faultsOf('src/worker/a.ts', "console.error('x')\n")).toEqual([
    'src/worker/a.ts: writes to the console',
  ])
  expect(faultsOf('src/worker/a.ts', "import { run } from '../cli/program.ts'\n")).toEqual([
    'src/worker/a.ts: worker may not import cli',
  ])
  expect(faultsOf('src/cli/a.ts', '/** Checkpoints the WAL. */')).toEqual([
    'src/cli/a.ts: speaks of SQLite',
  ])
  expect(faultsOf('src/pipeline/formats/lines/a.ts', 'const { delimiter } = given\n')).toEqual([
    'src/pipeline/formats/lines/a.ts: knows how delimited text is written',
  ])
  expect(faultsOf('src/domain/a.ts', "const x = await import('../db/open.ts')\n")).toHaveLength(1)
  expect(faultsOf('migrations/0002_a.ts', "import { z } from 'zod'\n")).toEqual([
    'migrations/0002_a.ts: migrations may not import zod',
  ])
  expect(faultsOf('src/domain/a.ts', 'export enum Colour { Red }\n')).toHaveLength(1)
  expect(
    faultsOf('src/engine/jobs/a.ts', "import type { X } from '../lifecycle/transition.ts'\n"),
  ).toEqual(['src/engine/jobs/a.ts: jobs may not import lifecycle'])
  expect(unknownFloors(['src/engine/other/a.ts'])).toEqual(['src/engine/other'])
})

test('a circle is found, however long, and whatever else is imported', () => {
  const sources = [
    { file: 'src/a.ts', text: "import type { B } from './b/b.ts'\nimport { d } from './d.ts'\n" },
    { file: 'src/b/b.ts', text: "export { c } from '../c.ts'\n" },
    { file: 'src/c.ts', text: "import { x } from 'x'\nconst { a } = await import('./a.ts')\n" },
    { file: 'src/d.ts', text: "import { c } from './gone.ts'\n" },
  ]
  expect(circlesAmong(sources)).toEqual([['src/a.ts', 'src/b/b.ts', 'src/c.ts']])
  expect(circlesAmong(sources.slice(1))).toEqual([])
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
