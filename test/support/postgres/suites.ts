import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { importsOf } from '../house/architecture.ts'
import { ONLY_ON_POSTGRES, ONLY_ON_SQLITE } from './only-on-sqlite.ts'

const root = path.join(import.meta.dirname, '../../..')
/** Whoever opens a database of the kind that is under test comes by here. */
const DATABASES = path.join(root, 'test/support/databases.ts')

/** The suites that open a database: of whatever kind, or a server of their own. */
export function suitesWithDatabase(): string[] {
  const known = new Map<string, boolean>()
  return globSync('test/**/*.test.ts', { cwd: root })
    .filter((suite) => ONLY_ON_POSTGRES.includes(suite) || comesBy(path.join(root, suite), known))
    .toSorted()
}

/** Those of them that run on PostgreSQL: all but the listed ones. */
export function suitesOnPostgres(): string[] {
  return suitesWithDatabase().filter((suite) => ONLY_ON_SQLITE[suite] !== 'all')
}

/** How much is left out, as a line to print. */
export function leftOut(): string {
  const suites = suitesWithDatabase()
  const whole = suites.length - suitesOnPostgres().length
  const tests = Object.values(ONLY_ON_SQLITE).flatMap((left) => (left === 'all' ? [] : left))
  return `Of ${suites.length} suites that open a database, ${whole} and ${tests.length} tests of others mean nothing on PostgreSQL: see test/support/postgres/only-on-sqlite.ts`
}

function comesBy(file: string, known: Map<string, boolean>): boolean {
  if (file === DATABASES) return true
  const found = known.get(file)
  if (found !== undefined) return found
  // For circles.
  known.set(file, false)
  const does = importsOf(readFileSync(file, 'utf8'))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.join(path.dirname(file), specifier))
    .filter((imported) => imported.startsWith(path.join(root, 'test')) && existsSync(imported))
    .some((imported) => comesBy(imported, known))
  known.set(file, does)
  return does
}
