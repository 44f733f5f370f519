import { UnusableError } from '../../../domain/words/errors.ts'
import type { Db, Trx } from '../../store.ts'
import { findTable } from '../ground/find-table.ts'
import { homeOf, PUBLIC } from '../ground/home.ts'
import { meaningsOf, quoteName } from '../ground/names.ts'

/** Kept without a schema, a name means the table of `public`; every other name has its schema. */
export async function keptName(db: Db | Trx, name: string): Promise<string> {
  try {
    const found = await findTable(db, name)
    if (found !== undefined) return tableKey(found.name)
  } catch (error) {
    // Whoever uses it says what is wrong.
    if (error instanceof UnusableError) return name
    throw error
  }
  const [meaning] = meaningsOf(name)
  if (meaning === undefined || meaning.schema !== undefined) return tableKey(name)
  const home = await homeOf(db)
  return home === undefined || home === PUBLIC ? name : `${part(home)}.${part(meaning.table.text)}`
}

/** The same for `x` and `public.x`. */
export function tableKey(name: string): string {
  const [, rest] = /^public\.(.+)$/s.exec(name) ?? []
  return rest !== undefined && isWhole(rest) ? rest : name
}

/** A kept name where tables without a schema are looked for in another one first. */
export function readElsewhere(kept: string): string {
  return isWhole(kept) ? `${PUBLIC}.${kept}` : kept
}

/** Whether it has no schema. */
function isWhole(name: string): boolean {
  const [first] = meaningsOf(name)
  return first !== undefined && first.schema === undefined
}

function part(text: string): string {
  return /[".]/.test(text) ? quoteName(text) : text
}
