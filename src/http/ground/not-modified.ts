import type { Context } from 'hono'
import type { AppEnv } from './env.ts'
import { REQUEST_ID, SECURITY_HEADERS } from './headers.ts'

/**
 * The answer to a poll that has seen everything. It brings all its headers in one plain object,
 * which a server sends as it is: setting them one by one costs as much as the rest of the poll.
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
