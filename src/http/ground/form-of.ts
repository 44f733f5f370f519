import type { Context } from 'hono'
import { InvalidInputError } from '../../domain/words/errors.ts'
import type { AppEnv } from './env.ts'

/**
 * The submitted form. Of fields with the same name the last counts, unless `all` are requested.
 * @throws InvalidInputError for a body that is not a form
 */
export async function formOf(c: Context<AppEnv>, { all = false } = {}) {
  try {
    return await c.req.parseBody({ all })
  } catch (error) {
    throw new InvalidInputError({ problem: 'no_form' }, { cause: error })
  }
}
