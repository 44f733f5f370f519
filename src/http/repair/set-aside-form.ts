import type { Context } from 'hono'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { setAside, takeBack } from '../../engine/repair/set-aside.ts'
import type { AppDeps, AppEnv } from '../ground/env.ts'

type Form = Record<string, unknown>

/** Sets the ticked records aside, with the reason that was typed. */
export async function setPickedAside(
  c: Context<AppEnv>,
  deps: AppDeps,
  jobId: number,
  form: Form,
): Promise<void> {
  const picked = pickedOf(form)
  if (picked.length === 0) throw new InvalidInputError({ problem: 'nothing_picked' })
  const reason = textOf(form, 'reason') ?? ''
  await setAside(deps.store.db, jobId, picked, { ...actOf(c, deps), reason })
}

/** Opens the ticked records again. */
export async function takePickedBack(
  c: Context<AppEnv>,
  deps: AppDeps,
  jobId: number,
  form: Form,
): Promise<void> {
  await takeBack(deps.store.db, jobId, pickedOf(form), actOf(c, deps))
}

export function actOf(c: Context<AppEnv>, deps: AppDeps): { actor: string; now: Date } {
  return { actor: c.get('ui').operator, now: deps.now() }
}

/** The records whose boxes are ticked. */
function pickedOf(form: Form): number[] {
  return Object.keys(form).flatMap((name) => {
    const record = /^pick\.(\d{1,15})$/.exec(name)?.[1]
    return record === undefined ? [] : [Number(record)]
  })
}

export function textOf(form: Form, name: string): string | undefined {
  const value = form[name]
  return typeof value === 'string' ? value : undefined
}
