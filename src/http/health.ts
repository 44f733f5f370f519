import { Hono } from 'hono'
import type { AppDeps, AppEnv } from './env.ts'
import { newestJobId } from '../engine/listed-job.ts'

/** Whether the server can answer and the database can be read: for a supervisor or a proxy. */
export function healthRoutes({ store, log }: Pick<AppDeps, 'store' | 'log'>) {
  return new Hono<AppEnv>().get('/healthz', async (c) => {
    c.header('Cache-Control', 'no-store')
    try {
      await newestJobId(store.db)
      return c.text('ok\n')
    } catch (error) {
      const err = store.troubleOf(error) === undefined ? error : undefined
      log.error({ err, request: c.get('requestId') }, 'The database can not be read.')
      return c.text('the database can not be read\n', 503)
    }
  })
}
