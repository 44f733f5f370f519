import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/store.ts'
import { answerForm, forgetForm, takeForm } from '../../engine/jobs/idempotency.ts'
import type { AppDeps } from '../ground/env.ts'

/** Interval at which a duplicate submission checks whether the first has finished. */
const LOOK_MS = 20

/** Performs a form's action and returns where to redirect. */
type FormAct = () => Promise<string>

/**
 * Idempotency key of a form, so that a double click does not create two jobs. Each page gives its
 * forms a key of their own, and a duplicate is redirected where the first submission leads,
 * whichever server receives it. A refused submission is not remembered: it may be repeated.
 */
export async function oncePerForm(
  { store: { db }, now }: Pick<AppDeps, 'store' | 'now'>,
  form: Record<string, unknown>,
  path: string,
  act: FormAct,
): Promise<string> {
  if (typeof form['once'] !== 'string') return await act()
  const key = createHash('sha256')
    .update(JSON.stringify([path, form]))
    .digest('hex')
  for (;;) {
    const sent = await takeForm(db, key, now())
    if (sent === 'new') return await carryOut(db, key, act)
    if (sent !== 'under_way') return sent.leadsTo
    await pause(LOOK_MS)
  }
}

async function carryOut(db: Db, key: string, act: FormAct): Promise<string> {
  try {
    const leadsTo = await act()
    await answerForm(db, key, leadsTo)
    return leadsTo
  } catch (error) {
    await forgetForm(db, key)
    throw error
  }
}
