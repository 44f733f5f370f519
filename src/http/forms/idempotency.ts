import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../db/store.ts'
import { answerForm, forgetForm, takeForm } from '../../engine/jobs/idempotency.ts'
import type { AppDeps } from '../ground/env.ts'

/** Between two looks whether the first of two clicks has led anywhere. */
const LOOK_MS = 20

/** Does what a form asks for, and answers where that leads. */
type FormAct = () => Promise<string>

/**
 * Idempotency key of a form. Who clicks twice sends a form twice, and would have two jobs. Each page
 * gives its forms a number of their own, so that the second of two that are the same is led where
 * the first one leads, whichever server takes it. What was refused is not remembered: it may be
 * asked for again.
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
