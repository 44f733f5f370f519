import type { WritePlan } from '../../../domain/records/record.ts'
import { onConnection } from '../ground/connection.ts'
import { usable } from '../tables/usable.ts'
import { applyRows } from './apply.ts'
import { normalizer } from './normalize.ts'
import { checkAtOnce, openSession, openShapes } from './session.ts'
import type { Target } from '../../store.ts'

/** Applies records in chunks, with as few statements as their order allows. */
export function openTarget(plan: WritePlan): Target {
  const shapeIn = openShapes(plan)

  return {
    async apply(trx, rows) {
      const { name } = plan.table
      const { shape, isFresh } = await shapeIn(trx)
      const normalized = rows.map(normalizer(plan, shape))
      return await onConnection(trx, (client) =>
        usable(name, 'SELECT', async () => {
          if (isFresh) await checkAtOnce(client, shape, rows)
          return await applyRows(openSession(client, plan, shape), normalized)
        }),
      )
    },
  }
}
