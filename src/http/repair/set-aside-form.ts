import type { Context } from 'hono'
import type { AsideAnswers } from '../../../views/repair/repair-set-aside.tsx'
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
  const { picked, reason } = asideAnswers(form)
  if (picked.length === 0) throw new InvalidInputError({ problem: 'nothing_picked' })
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

/** What a form asks to set aside, and why. */
export function asideAnswers(form: Form): AsideAnswers {
  return { picked: pickedOf(form), reason: textOf(form, 'reason') ?? '' }
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
