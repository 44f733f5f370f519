import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { InvalidInputError } from '../domain/words/errors.ts'
import type { Database } from './schema.ts'
import { codeByWords, isPostgresError, PROBLEMS_OF_POSTGRES } from './postgres/error-codes.ts'
import type { ProblemCodes } from './problem-codes.ts'
import { isSqliteError, PROBLEMS_OF_SQLITE } from './sqlite/error-codes.ts'
import { openSqlite } from './sqlite/open.ts'
import { shownUrl } from './shown-url.ts'
import type { OpenOptions, Store } from './store.ts'
import { MIGRATIONS } from './versions.ts'

type OpenableKind = {
  /** What its URLs begin with. */
  address: RegExp
  open(url: string, options: OpenOptions & { process: string }): Promise<Store>
  problems: ProblemCodes
  isItsError(error: Error): boolean
  /** The code for an error that has none. */
  codeByWords(error: unknown): string | undefined
}

/** The kinds of databases. No other file knows one by name. */
export const KINDS: readonly OpenableKind[] = [
  {
    address: /^sqlite:/,
    open: (url, options) => openSqlite(url.slice('sqlite:'.length), options),
    problems: PROBLEMS_OF_SQLITE,
    isItsError: isSqliteError,
    codeByWords: () => undefined,
  },
  {
    address: /^postgres(ql)?:/,
    async open(url, options) {
      // Loaded on demand: most commands finish in less time than loading it takes.
      const { openPostgres } = await import('./postgres/open.ts')
      return await openPostgres(url, options)
    },
    problems: PROBLEMS_OF_POSTGRES,
    isItsError: isPostgresError,
    codeByWords,
  },
]

/**
 * Opens the database at `url` (`sqlite:path`, `postgres://…`) and migrates its tables to the newest
 * version.
 * @throws InvalidInputError when it can't be opened
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  let store: Store | undefined
  try {
    store = await open(url, options)
    await migrate(store.db)
    return store
  } catch (thrown) {
    const error = store?.explain(thrown) ?? thrown
    await store?.close()
    if (error instanceof InvalidInputError) throw error
    const problem = { problem: 'database_unusable', database: shownUrl(url) } as const
    throw new InvalidInputError({ ...problem, detail: detailOf(error) }, { cause: error })
  }
}

/** Where a host has several addresses and none answers, only the error's code gives the reason. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

async function open(url: string, options: OpenOptions): Promise<Store> {
  const named = { ...options, process: options.process ?? processName() }
  const kind = KINDS.find(({ address }) => address.test(url))
  if (kind !== undefined) return await kind.open(url, named)
  throw new InvalidInputError({ problem: 'no_database_kind', database: shownUrl(url) })
}

/** In bytes, what a server keeps of a name. */
const LONGEST_NAME = 63

/** Told apart from processes of the same number on machines of the same name. */
function processName(): string {
  const end = `:${process.pid} ${randomUUID().slice(0, 8)}`
  const host = hostname().replace(/[^\x20-\x7e]/g, '?')
  return `tallyman ${host}`.slice(0, LONGEST_NAME - end.length) + end
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: MIGRATIONS,
    migrationTableName: MIGRATIONS_TABLE,
    migrationLockTableName: 'tallyman_migration_lock',
  })
  const known = await migrator.getMigrations()
  await requireKnown(
    db,
    known.map(({ name }) => name),
  )
  const pending = known.some((migration) => !migration.executedAt)
  if (pending) {
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
  }
}

/**
 * A newer version has changed the tables: an older one that was running goes on, since nothing is
 * taken away, but none begins.
 */
async function requireKnown(db: Kysely<Database>, known: string[]): Promise<void> {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === MIGRATIONS_TABLE)) return
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(MIGRATIONS_TABLE)} order by name`.execute(db)
  const unknown = rows.find(({ name }) => !known.includes(name))
  if (unknown === undefined) return
  throw new InvalidInputError({ problem: 'database_newer', migration: unknown.name })
}

const MIGRATIONS_TABLE = 'tallyman_migration'
