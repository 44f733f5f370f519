import type { Db, Trx } from '../../db/store.ts'
import type { Job } from '../../domain/jobs/job.ts'
import { fold } from '../../domain/texts/fold.ts'
import { partChanges } from '../../domain/templates/part-changes.ts'
import {
  checkTemplateTexts,
  nameTaken,
  type TemplateTexts,
} from '../../domain/templates/template-texts.ts'
import { partsWithTables, tablesOf } from '../../domain/templates/named-tables.ts'
import { templateKind, templateParts, type Template } from '../../domain/templates/template.ts'
import { ConflictError } from '../../domain/words/errors.ts'
import { inTransaction } from '../ground/in-transaction.ts'
import { writeJournal } from '../ground/journal.ts'
import { keptNames } from '../jobs/kept-tables.ts'
import { lockForEdit } from '../jobs/lock-for-edit.ts'
import { findTemplateNamed, idOfKey, requireTemplate, toTemplate } from './templates.ts'

type By = { now: Date; actor: string }

/** A template as somebody writes it. */
export type WrittenTemplate = TemplateTexts & Pick<Template, 'type' | 'parts'>

/**
 * Saves the specification of a job as a template, which the job belongs to from then on.
 * @param options.replaces whether a template with this name may be changed
 * @throws InvalidInputError for a name that is taken, or a text that is not fit for it
 */
export async function saveJobAsTemplate(
  db: Db,
  id: number,
  texts: TemplateTexts,
  { replaces, ...by }: By & { replaces: boolean },
): Promise<Template> {
  return await inTransaction(db, async (trx) => {
    const job = await lockForEdit(trx, id)
    const template = await saveTemplate(trx, writtenAfter(job, texts), { replaces, ...by })
    await trx
      .updateTable('tallyman_job')
      .set({ template: template.key })
      .where('id', '=', id)
      .execute()
    await writeJournal(trx, id, { code: 'TLY-1045', params: { name: template.name } }, by)
    return template
  })
}

/** Saves a template under its name. The same errors as above. */
export async function saveTemplate(
  db: Db | Trx,
  written: WrittenTemplate,
  { replaces, ...by }: By & { replaces: boolean },
): Promise<Template> {
  const texts = checkTemplateTexts(written)
  return await inTransaction(db, async (trx) => {
    const old = await findTemplateNamed(trx, texts.name)
    if (old === undefined) return await insertTemplate(trx, { ...written, ...texts }, by)
    if (!replaces || old.type !== written.type) throw nameTaken(texts.name)
    return await changeTemplate(trx, old.key, { ...written, ...texts }, by)
  })
}

/**
 * Changes a template, and records what changed in it. Its type stays.
 * @throws NotFoundError
 * @throws ConflictError for one that ships with the program
 * @throws InvalidInputError for a name that is taken, or parts that make no specification
 */
export async function changeTemplate(
  db: Db | Trx,
  key: string,
  written: TemplateTexts & Pick<Template, 'parts'>,
  { now, actor }: By,
): Promise<Template> {
  const texts = checkTemplateTexts(written)
  return await inTransaction(db, async (trx) => {
    const id = await lockTemplate(trx, key)
    const old = await requireTemplate(trx, key)
    templateKind({ type: old.type, parts: written.parts })
    const other = await findTemplateNamed(trx, texts.name)
    if (other !== undefined && other.key !== key) throw nameTaken(texts.name)
    const changes = partChanges(old, { ...texts, parts: written.parts })
    if (changes.length === 0) return old
    const row = await trx
      .updateTable('tallyman_template')
      .set({
        ...texts,
        name_key: fold(texts.name),
        specification: JSON.stringify(await keptParts(trx, old.type, written.parts)),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('tallyman_template_change')
      .values({
        template_id: id,
        at: now.toISOString(),
        by: actor,
        parts: JSON.stringify(changes),
      })
      .execute()
    return toTemplate(trx, row)
  })
}

/**
 * Deletes a template with its history. Its jobs stay, and keep its number, which no other gets.
 * @throws NotFoundError
 * @throws ConflictError for one that ships with the program
 */
export async function deleteTemplate(db: Db, key: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const id = await lockTemplate(trx, key)
    await trx.deleteFrom('tallyman_template_change').where('template_id', '=', id).execute()
    await trx.deleteFrom('tallyman_template').where('id', '=', id).execute()
  })
}

function writtenAfter(job: Job, texts: TemplateTexts): WrittenTemplate {
  return { ...texts, type: job.type, parts: templateParts(job) }
}

async function insertTemplate(
  trx: Trx,
  { parts, ...written }: WrittenTemplate,
  { now, actor }: By,
): Promise<Template> {
  templateKind({ type: written.type, parts })
  const row = await trx
    .insertInto('tallyman_template')
    .values({
      name: written.name,
      name_key: fold(written.name),
      description: written.description,
      type: written.type,
      specification: JSON.stringify(await keptParts(trx, written.type, parts)),
      created_at: now.toISOString(),
      created_by: actor,
    })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returningAll()
    .executeTakeFirst()
  // Somebody else saved one with this name meanwhile.
  if (row === undefined) throw nameTaken(written.name)
  return toTemplate(trx, row)
}

/** The parts with the names by which tables are kept. */
async function keptParts(
  trx: Trx,
  type: Template['type'],
  parts: Template['parts'],
): Promise<Template['parts']> {
  const named = tablesOf(templateKind({ type, parts })).filter((name) => name !== '')
  return partsWithTables(parts, await keptNames(trx, named))
}

/** Begins with a write, so that whoever changes it at the same time waits. */
async function lockTemplate(trx: Trx, key: string): Promise<number> {
  const id = idOfKey(key)
  if (id !== undefined) {
    await trx
      .updateTable('tallyman_template')
      .set((eb) => ({ name: eb.ref('name') }))
      .where('id', '=', id)
      .execute()
  }
  const { name, saved } = await requireTemplate(trx, key)
  if (id === undefined || saved === null) {
    throw new ConflictError({ problem: 'template_native', name })
  }
  return id
}
