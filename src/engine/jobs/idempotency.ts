import { kindOf } from '../../db/kind.ts'
import type { Db } from '../../db/store.ts'

/** Lifetime of an idempotency key: longer than the time between two clicks on a slow line. */
const KNOWN_MS = 60_000

/** State of an idempotency key: new for the first sender, then under way, then answered. */
export type SentForm = 'new' | 'under_way' | { leadsTo: string }

/** Who takes a key: the process by its name, and when. */
export type FormHolder = { process: string; now: Date }

/** Takes a key. On 'new' the caller handles the form, then calls `answerForm` or `forgetForm`. */
export async function takeForm(
  db: Db,
  key: string,
  { process, now }: FormHolder,
): Promise<SentForm> {
  const since = new Date(now.getTime() - KNOWN_MS).toISOString()
  return await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('tallyman_form').where('sent_at', '<', since).execute()
    const taken = await trx
      .insertInto('tallyman_form')
      .values({ key, sent_at: now.toISOString(), leads_to: null, held_by: process })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key')
      .executeTakeFirst()
    if (taken !== undefined) return 'new'
    const { leads_to } = await trx
      .selectFrom('tallyman_form')
      .select('leads_to')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return leads_to === null ? 'under_way' : { leadsTo: leads_to }
  })
}

/** The process that carries a form out, where it seems to have ended. */
export async function goneHolder(db: Db, key: string): Promise<string | undefined> {
  const held = await db
    .selectFrom('tallyman_form')
    .select('held_by')
    .where('key', '=', key)
    .where('leads_to', 'is', null)
    .executeTakeFirst()
  const process = held?.held_by ?? undefined
  return process !== undefined && (await kindOf(db).isGone(db, process)) ? process : undefined
}

/** Takes a key from a process that has ended. @returns whether nobody else did */
export async function inheritForm(
  db: Db,
  key: string,
  { from, process, now }: FormHolder & { from: string },
): Promise<boolean> {
  const taken = await db
    .updateTable('tallyman_form')
    .set({ held_by: process, sent_at: now.toISOString() })
    .where('key', '=', key)
    .where('held_by', '=', from)
    .where('leads_to', 'is', null)
    .returning('key')
    .executeTakeFirst()
  return taken !== undefined
}

export async function answerForm(
  db: Db,
  key: string,
  { process, leadsTo }: { process: string; leadsTo: string },
): Promise<void> {
  await db
    .updateTable('tallyman_form')
    .set({ leads_to: leadsTo })
    .where('key', '=', key)
    .where('held_by', '=', process)
    .execute()
}

/** Frees the key of a refused form, which may be sent again. */
export async function forgetForm(db: Db, key: string, process: string): Promise<void> {
  await db
    .deleteFrom('tallyman_form')
    .where('key', '=', key)
    .where('held_by', '=', process)
    .execute()
}
