import type { Db } from '../../db/store.ts'

/** Lifetime of an idempotency key: longer than the time between two clicks on a slow line. */
const KNOWN_MS = 60_000

/** State of an idempotency key: new for the first sender, then under way, then answered. */
export type SentForm = 'new' | 'under_way' | { leadsTo: string }

/** Takes a key. On 'new' the caller handles the form, then calls `answerForm` or `forgetForm`. */
export async function takeForm(db: Db, key: string, now: Date): Promise<SentForm> {
  const since = new Date(now.getTime() - KNOWN_MS).toISOString()
  return await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('tallyman_form').where('sent_at', '<', since).execute()
    const taken = await trx
      .insertInto('tallyman_form')
      .values({ key, sent_at: now.toISOString(), leads_to: null })
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

export async function answerForm(db: Db, key: string, leadsTo: string): Promise<void> {
  await db.updateTable('tallyman_form').set({ leads_to: leadsTo }).where('key', '=', key).execute()
}

/** Frees the key of a refused form, which may be sent again. */
export async function forgetForm(db: Db, key: string): Promise<void> {
  await db.deleteFrom('tallyman_form').where('key', '=', key).execute()
}
