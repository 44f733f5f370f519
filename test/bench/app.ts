import { BlockList } from 'node:net'
import path from 'node:path'
import { pino } from 'pino'
import { databaseProblemOf } from '../../src/db/database-problem.ts'
import type { Store } from '../../src/db/store.ts'

const DIST = path.join(import.meta.dirname, '../../dist/src')

export type App = {
  request(url: string, init?: RequestInit): Promise<Response>
  fetch(request: Request): Promise<Response>
}

/** The console without a server around it, as it is built: its pages are JSX, which Node does not read by itself. */
export async function appOn(store: Store, outbox: string, now?: Date): Promise<App> {
  const { createApp } = await import(path.join(DIST, 'http/app.js'))
  const { loadAssets } = await import(path.join(DIST, 'http/ground/assets.js'))
  return createApp({
    databaseProblemOf,
    store,
    assets: loadAssets(),
    log: pino({ level: 'warn' }),
    now: () => now ?? new Date(),
    mayDo: () => true,
    clearUp: () => undefined,
    workers: () => ({ wanted: 0, answering: 0, names: [] }),
    doubt: () => undefined,
    settings: {
      basePath: '',
      host: '127.0.0.1',
      hosts: [],
      trustedOrigins: [],
      operatorHeader: null,
      trustedProxies: new BlockList(),
      operator: 'bench',
      timeZone: 'UTC',
      inboxes: [],
      outbox,
    },
  })
}
