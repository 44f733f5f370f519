import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { TemplateTable } from '../../db/own/template-tables.ts'
import { kindOf } from '../../db/kind.ts'
import type { Db, Trx } from '../../db/store.ts'
import { fold } from '../../domain/texts/fold.ts'
import { isNativeKey, NATIVE_TEMPLATES } from '../../domain/templates/native-templates.ts'
import { partsWithTables } from '../../domain/templates/named-tables.ts'
import type { Template } from '../../domain/templates/template.ts'
import { NotFoundError } from '../../domain/words/errors.ts'

const parts = z.record(z.string(), z.unknown())

/** All templates: those that somebody saved by their names, then those that ship with the program. */
export async function listTemplates(db: Db | Trx): Promise<Template[]> {
  const rows = await db.selectFrom('tallyman_template').selectAll().orderBy('name_key').execute()
  return [...rows.map((row) => toTemplate(db, row)), ...NATIVE_TEMPLATES]
}

/** The template that an address or a job knows by a key. */
export async function findTemplate(db: Db | Trx, key: string): Promise<Template | undefined> {
  if (isNativeKey(key)) return NATIVE_TEMPLATES.find((native) => native.key === key)
  const id = idOfKey(key)
  if (id === undefined) return undefined
  const row = await db
    .selectFrom('tallyman_template')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toTemplate(db, row)
}

/** @throws NotFoundError */
export async function requireTemplate(db: Db | Trx, key: string): Promise<Template> {
  const template = await findTemplate(db, key)
  if (template === undefined) throw new NotFoundError({ problem: 'template_gone' })
  return template
}

/** The template with a name, upper or lower case. */
export async function findTemplateNamed(db: Db | Trx, name: string): Promise<Template | undefined> {
  const key = fold(name.trim())
  if (isNativeKey(key)) return await findTemplate(db, key)
  const row = await db
    .selectFrom('tallyman_template')
    .selectAll()
    .where('name_key', '=', key)
    .executeTakeFirst()
  return row && toTemplate(db, row)
}

/** @throws NotFoundError */
export async function requireTemplateNamed(db: Db | Trx, name: string): Promise<Template> {
  const template = await findTemplateNamed(db, name)
  if (template === undefined) throw new NotFoundError({ problem: 'no_template_named', name })
  return template
}

/** The names of templates by their keys; those that are gone are not among them. */
export async function templateNames(db: Db | Trx): Promise<Map<string, string>> {
  return new Map((await listTemplates(db)).map(({ key, name }) => [key, name]))
}

/** The number of a template that somebody saved. */
export function idOfKey(key: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(key) ? Number(key) : undefined
}

export function toTemplate(db: Db | Trx, row: Selectable<TemplateTable>): Template {
  const { id, name, description, type, created_at: at, created_by: by } = row
  return {
    key: String(id),
    name,
    description,
    type,
    parts: partsWithTables(parts.parse(JSON.parse(row.specification)), kindOf(db).readName),
    saved: { at, by },
  }
}
