import type { Db } from '../../db/store.ts'

/** How long a form is known: longer than passes between two clicks on a slow line. */
const KNOWN_MS = 60_000

/** A form that somebody sent: for the first who asks it is new, for others it leads somewhere or will. */
export type SentForm = 'new' | 'under_way' | { leadsTo: string }

/** Whoever gets 'new' carries it out, and says by `answerForm` or `forgetForm` what came of it. */
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

/** What was refused may be asked for again. */
export async function forgetForm(db: Db, key: string): Promise<void> {
  await db.deleteFrom('tallyman_form').where('key', '=', key).execute()
}
