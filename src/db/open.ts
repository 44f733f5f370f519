import type { Kysely } from 'kysely'
import { Migrator, type MigrationProvider } from 'kysely/migration'
import * as jobs from '../../migrations/0001_jobs.ts'
import * as console from '../../migrations/0002_console.ts'
import * as deaths from '../../migrations/0003_deaths.ts'
import * as removals from '../../migrations/0004_removals.ts'
import * as orders from '../../migrations/0005_orders.ts'
import * as results from '../../migrations/0006_results.ts'
import * as postponed from '../../migrations/0007_postponed.ts'
import * as imports from '../../migrations/0008_imports.ts'
import * as verify from '../../migrations/0009_verify.ts'
import * as clock from '../../migrations/0010_clock.ts'
import * as progress from '../../migrations/0012_progress.ts'
import * as list from '../../migrations/0013_list.ts'
import * as forms from '../../migrations/0014_forms.ts'
import * as withRejects from '../../migrations/0015_with_rejects.ts'
import * as workers from '../../migrations/0016_workers.ts'
import * as dryRun from '../../migrations/0017_dry_run.ts'
import * as runs from '../../migrations/0018_runs.ts'
import { InvalidInputError } from '../domain/words/errors.ts'
import type { Database } from './schema.ts'
import { shownUrl } from './shown-url.ts'
import { openSqlite } from './sqlite/open.ts'
import type { OpenOptions, Store } from './store.ts'

/**
 * Opens the database that `url` names (`sqlite:path`, `postgres://…`) and brings its tables to the
 * newest version.
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

/** Where a host has several addresses and none answers, only the code says why. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

async function open(url: string, options: OpenOptions): Promise<Store> {
  if (url.startsWith('sqlite:')) return await openSqlite(url.slice('sqlite:'.length), options)
  if (/^postgres(ql)?:/.test(url)) {
    // Loaded where it is asked for: most commands end in less time than that takes.
    const { openPostgres } = await import('./postgres/open.ts')
    return await openPostgres(url, options)
  }
  throw new InvalidInputError({ problem: 'no_database_kind', database: shownUrl(url) })
}

/** The versions of a database, from the oldest to the newest. */
export const MIGRATIONS: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      '0001_jobs': jobs,
      '0002_console': console,
      '0003_deaths': deaths,
      '0004_removals': removals,
      '0005_orders': orders,
      '0006_results': results,
      '0007_postponed': postponed,
      '0008_imports': imports,
      '0009_verify': verify,
      '0010_clock': clock,
      '0012_progress': progress,
      '0013_list': list,
      '0014_forms': forms,
      '0015_with_rejects': withRejects,
      '0016_workers': workers,
      '0017_dry_run': dryRun,
      '0018_runs': runs,
    }),
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
