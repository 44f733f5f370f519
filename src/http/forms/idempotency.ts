import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../db/store.ts'
import {
  answerForm,
  forgetForm,
  goneHolder,
  inheritForm,
  takeForm,
} from '../../engine/jobs/idempotency.ts'
import type { AppDeps } from '../ground/env.ts'

/** Interval at which a duplicate submission checks whether the first has finished. */
const LOOK_MS = 20
/** Every so many of these looks, whether the process of the first has ended. */
const LOOKS_BETWEEN = 50
/** So often in a row it must seem so: a process that lost its connections has time to make others. */
const TIMES_GONE = 5

/** Performs a form's action and returns where to redirect. */
type FormAct = () => Promise<string>

/**
 * Idempotency key of a form, so that a double click does not create two jobs. Each page gives its
 * forms a key of their own, and a duplicate is redirected where the first submission leads,
 * whichever server receives it. A refused submission is not remembered: it may be repeated.
 */
export async function oncePerForm(
  { store, now }: Pick<AppDeps, 'store' | 'now'>,
  form: Record<string, unknown>,
  path: string,
  act: FormAct,
): Promise<string> {
  if (typeof form['once'] !== 'string') return await act()
  const key = createHash('sha256')
    .update(JSON.stringify([path, form]))
    .digest('hex')
  const { db, process } = store
  let timesGone = 0
  for (let look = 1; ; look++) {
    const sent = await takeForm(db, key, { process, now: now() })
    if (sent === 'new') return await carryOut(store, key, act)
    if (sent !== 'under_way') return sent.leadsTo
    if (look % LOOKS_BETWEEN === 0) {
      const from = await goneHolder(db, key)
      timesGone = from === undefined ? 0 : timesGone + 1
      const isOver = from !== undefined && timesGone >= TIMES_GONE
      if (isOver && (await inheritForm(db, key, { from, process, now: now() }))) {
        return await carryOut(store, key, act)
      }
    }
    await pause(LOOK_MS)
  }
}

async function carryOut(
  { db, process }: Pick<Store, 'db' | 'process'>,
  key: string,
  act: FormAct,
): Promise<string> {
  try {
    const leadsTo = await act()
    await answerForm(db, key, { process, leadsTo })
    return leadsTo
  } catch (error) {
    await forgetForm(db, key, process)
    throw error
  }
}
