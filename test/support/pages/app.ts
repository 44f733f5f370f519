import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { readServerConfig } from '../../../src/config.ts'
import { databaseProblemOf } from '../../../src/db/database-problem.ts'
import { createApp } from '../../../src/http/app.ts'
import { loadAssets } from '../../../src/http/ground/assets.ts'
import type { AppDeps, HttpSettings } from '../../../src/http/ground/env.ts'
import { mayDo } from '../../../src/http/ground/rights.ts'
import { cleanUpInThread } from '../../../src/worker/cleanup/cleanup-thread.ts'
import { startCleanup } from '../../../src/worker/cleanup/clear-up.ts'
import { after, OPERATOR } from '../jobs/a-job.ts'
import { databaseIn, openAt } from '../databases.ts'
import { tmpDir } from '../tmp.ts'
import { aLog } from '../programs/a-log.ts'

const assets = loadAssets()
/** Five minutes after all test jobs are made. */
const NOW = after(300)

type Headers = Record<string, string>
/** The addresses of a connection: where it came from and where it came to. */
type Ends = { remoteAddress: string; localAddress: string }
const LOOPBACK: Ends = { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1' }

/** The console on a database of the test's own, which also is where its jobs are made. */
export async function anApp(
  given: Partial<HttpSettings> = {},
  socket: Partial<Ends> = {},
  around: Partial<Pick<AppDeps, 'store' | 'log' | 'workers' | 'doubt' | 'mayDo' | 'now'>> = {},
) {
  const env = { incoming: { rawHeaders: [], socket: { ...LOOPBACK, ...socket } } }
  const folder = tmpDir()
  const store = await openAt(await databaseIn(folder, 'tallyman.db'))
  const clearing = startCleanup((signal) => cleanUpInThread(store, signal), aLog().log)
  onTestFinished(() => clearing.stop())
  const settings: HttpSettings = {
    basePath: '',
    host: '127.0.0.1',
    hosts: [],
    trustedOrigins: [],
    operatorHeader: null,
    trustedProxies: readServerConfig({}, {}).trustedProxies,
    operator: OPERATOR,
    timeZone: 'UTC',
    inboxes: [folder],
    outbox: folder,
    files: 'beside',
    maxUpload: 1024 * 1024 * 1024,
    ...given,
  }
  const app = createApp({
    databaseProblemOf,
    store,
    settings,
    assets,
    log: pino({ level: 'silent' }),
    now: () => NOW,
    mayDo,
    clearUp: clearing.ask,
    workers: () => ({ wanted: 0, answering: 0, names: [] }),
    doubt: () => undefined,
    ...around,
  })
  return {
    basePath: settings.basePath,
    db: store.db,
    store,
    folder,
    /** Any request, as it comes. */
    async ask(url: string, request: RequestInit): Promise<Response> {
      return await app.request(url, request, env)
    },
    async head(url: string): Promise<Response> {
      return await app.request(url, { method: 'HEAD' }, env)
    },
    async get(url: string, headers: Headers = {}): Promise<Response> {
      return await app.request(url, { headers }, env)
    },
    /** Sends a form as a page of this server does, unless the headers say otherwise. */
    async post(
      url: string,
      form: [string, string][] = [],
      headers: Headers = OWN,
    ): Promise<Response> {
      const body = new URLSearchParams(form)
      return await app.request(url, { method: 'POST', body, headers }, env)
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof anApp>>

/** What a browser says of a form that stands on a page of the same server. */
export const OWN = { 'sec-fetch-site': 'same-origin' }
/** The same, sent in place. */
export const IN_PLACE = { ...OWN, 'hx-request': 'true' }
