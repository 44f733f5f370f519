import Sqlite from 'better-sqlite3'
import { z } from 'zod'
import { quoteName } from '../tables/tables.ts'
import { isSqlFault } from '../tables/usable.ts'

const checked = z.array(z.object({ integrity_check: z.string() }))

/** The integrity check's findings, in SQLite's words; empty where the file is sound. */
export function findDamage(handle: Sqlite.Database, limit: number): string[] {
  try {
    return check(handle, String(limit))
  } catch (error) {
    // Too corrupt even for the integrity check.
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CORRUPT')) {
      return [error.message]
    } else if (isSqlFault(error)) return damageByTable(handle, limit)
    else throw error
  }
}

/** Checks table by table, since tables with unavailable functions or collations fail the check. */
function damageByTable(handle: Sqlite.Database, limit: number): string[] {
  const tables = handle
    .prepare<[], string>(`select name from sqlite_master where type = 'table' and rootpage > 0`)
    .pluck()
    .all()
  return tables.flatMap((table) => damageOf(handle, table)).slice(0, limit)
}

function damageOf(handle: Sqlite.Database, table: string): string[] {
  try {
    return check(handle, quoteName(table))
  } catch (error) {
    if (isSqlFault(error)) return []
    throw error
  }
}

function check(handle: Sqlite.Database, what: string): string[] {
  return checked
    .parse(handle.pragma(`integrity_check(${what})`))
    .map((line) => line.integrity_check)
    .filter((line) => line !== 'ok')
}
