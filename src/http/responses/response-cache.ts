import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { AppDeps, AppEnv } from '../middleware/env.ts'
import { LANGUAGE_COOKIE } from '../middleware/language.ts'

/** How many ways of looking at jobs are kept: by job, tab, language and what the page shows already. */
const MOST = 500

/** An answer as it was sent, to be sent again. */
export type CachedResponse = { headers: Record<string, string>; body: ArrayBuffer }

/**
 * The newest answer for each way of looking at a job, so that a hundred people who watch one job
 * cost one drawing a change. All that a reader sees of a job moves its revision; what only time
 * moves, such as the time left, may be as old as that.
 */
export class ResponseCache {
  readonly #kept = new Map<
    string,
    { revision: number; answer: Promise<CachedResponse | undefined> }
  >()

  /**
   * @param revision the job's, now; where what is kept is older, it is drawn anew
   * @param draw answers undefined where there is nothing to keep
   */
  async find(
    way: string,
    revision: number,
    draw: () => Promise<CachedResponse | undefined>,
  ): Promise<CachedResponse | undefined> {
    const kept = this.#kept.get(way)
    if (kept !== undefined && kept.revision === revision) return await kept.answer

    const answer = draw()
    this.#kept.delete(way)
    this.#kept.set(way, { revision, answer })
    const forget = () => {
      if (this.#kept.get(way)?.answer === answer) this.#kept.delete(way)
    }
    // One that fails is not for others; whoever asked for it is told below.
    answer.then((drawn) => drawn === undefined && forget(), forget)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break
      this.#kept.delete(oldest)
    }
    return await answer
  }
}

/**
 * Answers a poll before anything else is done for it: with 304 where the page has the job's revision
 * already, else with what another page was sent for it.
 */
export function answerPolls({ store }: Pick<AppDeps, 'store'>) {
  const answers = new ResponseCache()
  return createMiddleware<AppEnv>(async (c, next) => {
    const revision = await store.revisionOf(Number(c.req.param('id')))
    if (revision === undefined) return await next()
    if (c.req.header('hx-ptag') === String(revision)) return c.body(null, 304)

    let isDrawn = false
    const answer = await answers.find(wayOf(c), revision, async () => {
      isDrawn = true
      await next()
      return await keep(c)
    })
    if (isDrawn) return undefined
    return answer === undefined ? await next() : c.body(answer.body, 200, answer.headers)
  })
}

/** All that a poll's answer depends on, besides the job. */
function wayOf(c: Context<AppEnv>): string {
  const { url } = c.req
  const headers = ['accept-language', 'accept-encoding'].map((name) => c.req.header(name))
  return [url, getCookie(c, LANGUAGE_COOKIE), ...headers].join('\n')
}

async function keep(c: Context<AppEnv>): Promise<CachedResponse | undefined> {
  if (c.res.status !== 200) return undefined
  const { headers } = c.res
  const body = await c.res.arrayBuffer()
  // What was read once can't be sent any more.
  c.res = new Response(body, { headers })
  // The number of a request is its own.
  const { [REQUEST_ID]: _, ...kept } = Object.fromEntries(headers)
  return { headers: kept, body }
}

const REQUEST_ID = 'x-request-id'
