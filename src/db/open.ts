import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { InvalidInputError } from '../domain/words/errors.ts'
import type { Database } from './schema.ts'
import { isPostgresError, PROBLEMS_OF_POSTGRES } from './postgres/error-codes.ts'
import type { ProblemCodes } from './problem-codes.ts'
import { isSqliteError, PROBLEMS_OF_SQLITE } from './sqlite/error-codes.ts'
import { openSqlite } from './sqlite/open.ts'
import { shownUrl } from './shown-url.ts'
import type { OpenOptions, Store } from './store.ts'
import { MIGRATIONS } from './versions.ts'

type OpenableKind = {
  /** What its URLs begin with. */
  address: RegExp
  open(url: string, options: OpenOptions): Promise<Store>
  problems: ProblemCodes
  isItsError(error: Error): boolean
}

/** The kinds of databases. No other file knows one by name. */
export const KINDS: readonly OpenableKind[] = [
  {
    address: /^sqlite:/,
    open: (url, options) => openSqlite(url.slice('sqlite:'.length), options),
    problems: PROBLEMS_OF_SQLITE,
    isItsError: isSqliteError,
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
  } catch (error) {
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
  const kind = KINDS.find(({ address }) => address.test(url))
  if (kind !== undefined) return await kind.open(url, options)
  throw new InvalidInputError({ problem: 'no_database_kind', database: shownUrl(url) })
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: MIGRATIONS,
    migrationTableName: 'tallyman_migration',
    migrationLockTableName: 'tallyman_migration_lock',
  })
  const pending = (await migrator.getMigrations()).some((migration) => !migration.executedAt)
  if (pending) {
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
  }
}
