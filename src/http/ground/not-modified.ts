import type { Context } from 'hono'
import type { AppEnv } from './env.ts'
import { REQUEST_ID, SECURITY_HEADERS } from './headers.ts'

/**
 * 304 response to a poll whose page is up to date. All its headers are in one plain object, which a
 * server sends as it is: setting them one by one costs as much as the rest of the poll.
 */
export function notModified(c: Context<AppEnv>): Response {
  return new Response(null, {
    status: 304,
    headers: {
      ...SECURITY_HEADERS,
      'cache-control': 'no-store',
      [REQUEST_ID]: c.get('requestId'),
    },
  })
}
