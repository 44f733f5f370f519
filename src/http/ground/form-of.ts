import type { Context } from 'hono'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { AppEnv } from './env.ts'

/**
 * What was sent with a form. Of parts with the same name the last counts, where not `all` are asked for.
 * @throws InvalidInputError for a body that is no form
 */
export async function formOf(c: Context<AppEnv>, { all = false } = {}) {
  try {
    return await c.req.parseBody({ all })
  } catch (error) {
    throw new InvalidInputError({ problem: 'no_form' }, { cause: error })
  }
}
