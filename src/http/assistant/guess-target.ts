import { isReservedName } from '../../domain/specification/fields/table-name.ts'
import path from 'node:path'
import type { Store } from '../../db/store.ts'
import type { TableInfo } from '../../domain/records/table.ts'
import type { ImportSpecification } from '../../domain/specification/specification.ts'
import { parseImportSpecification } from '../../domain/specification/parse-specification.ts'
import { UnusableError } from '../../domain/words/errors.ts'
import type { OpenPreview } from '../../pipeline/import/preview/open-preview.ts'
import { guessColumns } from '../../pipeline/import/preview/guess-columns.ts'
import { MAX_TABLES } from '../forms/job-form.ts'
import type { AppDeps } from '../ground/env.ts'
import { look, tried } from './preview.ts'

type GuessedTarget = Pick<ImportSpecification, 'table' | 'create' | 'key'>

/** The share of the columns of a file that must be named like fields of a table. */
const ENOUGH = 0.5

/**
 * The table whose fields are named most like the columns of a file, with its primary key; else a new
 * table named after the file.
 */
export async function guessTarget(
  { tables, db }: Pick<Store, 'tables' | 'db'>,
  preview: OpenPreview,
  fileName: string,
): Promise<GuessedTarget> {
  const { header, profile } = preview
  let best: { table: TableInfo; share: number } | undefined
  const listed = await tables.list(db, MAX_TABLES)
  for (const { name, isView } of isNamed(profile.specification) ? listed : []) {
    if (isView) continue
    const table = await describe({ tables, db }, name)
    const filled = table === undefined ? [] : fieldsFilled(table, preview)
    const share = new Set(filled).size / Math.max(1, header.length)
    if (table !== undefined && share >= ENOUGH && share > (best?.share ?? 0))
      best = { table, share }
  }
  return best === undefined
    ? {
        table: newTableName(
          fileName,
          listed.map(({ name }) => name),
        ),
        create: true,
        key: [],
      }
    : guessedTarget(best.table, preview)
}

/** An existing table with its primary key, as far as the columns fill it. */
export function guessedTarget(table: TableInfo, preview: OpenPreview): GuessedTarget {
  const filled = fieldsFilled(table, preview)
  const { primaryKey } = table
  const isFilled = primaryKey.length > 0 && primaryKey.every((name) => filled.includes(name))
  return { table: table.name, create: false, key: isFilled ? primaryKey : [] }
}

/**
 * The specification for a file that is read otherwise. Where nothing was said yet, and no table
 * suited what was read before, the one that suits now takes the place of the new table.
 */
export async function retargeted(
  deps: Pick<AppDeps, 'store'>,
  {
    old,
    asked,
    fileName,
  }: { old: ImportSpecification; asked: ImportSpecification; fileName: string },
  signal: AbortSignal,
): Promise<ImportSpecification> {
  const { create, key, map, leaveOut } = old
  if (!create || key.length + leaveOut.length + Object.keys(map).length > 0) return asked
  const guess = async (read: ImportSpecification) =>
    (await tried(() => look(deps, read, signal, (one) => guessTarget(deps.store, one, fileName))))
      .found
  const before = await guess(old)
  if (before !== undefined && before.table !== old.table) return asked
  const target = await guess(asked)
  if (target === undefined || target.create) return asked
  // Without a key they could be nothing else.
  return parseImportSpecification({
    ...asked,
    ...target,
    operation: undefined,
    duplicates: undefined,
  })
}

async function describe(
  { tables, db }: Pick<Store, 'tables' | 'db'>,
  name: string,
): Promise<TableInfo | undefined> {
  try {
    return await tables.describe(db, name)
  } catch (error) {
    // A table that the database cannot describe can be no target.
    if (error instanceof UnusableError) return undefined
    throw error
  }
}

function fieldsFilled(table: TableInfo, preview: OpenPreview): string[] {
  const { mapping, synonyms } = guessColumns(preview, table, preview.profile.specification)
  return [...mapping.fields.map(({ name }) => name), ...Object.values(synonyms)]
}

function isNamed({ header, columns }: ImportSpecification): boolean {
  return header || columns.length > 0
}

const LONGEST = 60

/** `Clientes 2026.csv` makes `clientes_2026`; a number follows where there is such a table. */
export function newTableName(fileName: string, taken: string[]): string {
  const stem = path.parse(fileName.replace(/\.gz$/i, '')).name
  const plain = stem
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  const isFree = plain !== '' && !isReservedName(`${plain}_`)
  const name = (isFree ? plain : `import_${plain}`).slice(0, LONGEST).replace(/_+$/, '')
  const known = new Set(taken.map((one) => one.toLowerCase()))
  let found = name
  for (let number = 2; known.has(found); number++) found = `${name}_${number}`
  return found
}
