import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { InvalidInputError } from '../domain/words/errors.ts'
import type { Database } from './schema.ts'
import { processName } from './own/process-name.ts'
import { codeByWords, isPostgresError, PROBLEMS_OF_POSTGRES } from './postgres/error-codes.ts'
import type { ProblemCodes } from './problem-codes.ts'
import { isSqliteError, PROBLEMS_OF_SQLITE } from './sqlite/error-codes.ts'
import { openSqlite } from './sqlite/open.ts'
import { shownUrl } from './shown-url.ts'
import type { OpenOptions, Store } from './store.ts'
import type { TakeOver } from './take-over.ts'
import { MIGRATIONS } from './versions.ts'

type OpenableKind = {
  /** What its URLs begin with. */
  address: RegExp
  open(url: string, options: OpenOptions & { process: string }): Promise<Store>
  /** Undefined where ids must have no gaps, which those of another database may have. */
  takeOver?: () => Promise<TakeOver>
  /** The command of its own that backs it up; undefined where Tallyman copies it. */
  backupCommand?: (url: string, file: string) => Promise<string>
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
    takeOver: async () => (await import('./postgres/take-over.ts')).TAKE_OVER,
    async backupCommand(url, file) {
      const { dumpCommand } = await import('./postgres/dump-command.ts')
      return dumpCommand(url, file)
    },
    problems: PROBLEMS_OF_POSTGRES,
    isItsError: isPostgresError,
    codeByWords,
  },
]

/**
 * Opens the database at `url` (`sqlite:path`, `postgres://…`) and migrates its tables to the newest
 * version.
 * @throws InvalidInputError when it can't be opened, or holds a part of another database's jobs
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const store = await openForMove(url, options)
  try {
    await requireMoved(store.db)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/**
 * A database in the middle of a move holds a part of the jobs: nobody may act on it.
 * @throws InvalidInputError
 */
async function requireMoved(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ moved_from: string }>`
    select moved_from from tallyman_move where ended_at is null`.execute(db)
  const [unfinished] = rows
  if (unfinished === undefined) return
  throw new InvalidInputError({ problem: 'move_unfinished', source: unfinished.moved_from })
}

/** The same, also in the middle of a move. */
export async function openForMove(url: string, options: OpenOptions = {}): Promise<Store> {
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

/**
 * How the database at `url` takes over the rows of another one.
 * @throws InvalidInputError where it can't
 */
export async function takeOverOf(url: string): Promise<TakeOver> {
  const takeOver = await kindAt(url).takeOver?.()
  if (takeOver !== undefined) return takeOver
  throw new InvalidInputError({ problem: 'no_move_into', database: shownUrl(url) })
}

/** The command that backs the database at `url` up into a file, where that is not Tallyman's. */
export async function backupCommandOf(url: string, file: string): Promise<string | undefined> {
  return await kindAt(url).backupCommand?.(url, file)
}

async function open(url: string, options: OpenOptions): Promise<Store> {
  return await kindAt(url).open(url, { ...options, process: options.process ?? processName() })
}

function kindAt(url: string): OpenableKind {
  const kind = KINDS.find(({ address }) => address.test(url))
  if (kind !== undefined) return kind
  throw new InvalidInputError({ problem: 'no_database_kind', database: shownUrl(url) })
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
