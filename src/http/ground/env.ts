import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Ui } from '../../../views/ground/ui.ts'
import type { Store } from '../../db/store.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { Right } from '../../domain/words/rights.ts'
import type { Assets } from './assets.ts'

export type HttpSettings = {
  /** What stands before every path: empty, or `/sub/path` under a proxy. */
  basePath: string
  /** The name or address that is listened on. */
  host: string
  /** Further names under which it is asked, with or without a port. */
  hosts: string[]
  /** Origins besides the server's own from which forms are taken, as in `https://tally.example`. */
  trustedOrigins: string[]
  /** The request header in which a proxy names the operator, or null. */
  operatorHeader: string | null
  /** From where a proxy is believed when it names the operator, or whom it asks for. */
  trustedProxies: BlockList
  /** Who acts where no header says so. */
  operator: string
  /** IANA name of the zone in which times are shown. */
  timeZone: string
  /** Folders from which files may be imported. */
  inboxes: string[]
  /** The folder into which files are exported. */
  outbox: string
}

/** What the console needs from outside; it starts nothing itself. */
export type AppDeps = {
  store: Store
  settings: HttpSettings
  assets: Assets
  log: Logger
  now(): Date
  /** Whether an operator has a right. */
  mayDo(operator: string, right: Right): boolean
  /** Has cleared away, beside all else, what jobs leave that were cancelled or deleted. */
  clearUp(): void
  /** Why retention does not purge at present before somebody says so. */
  doubt(): Problem | undefined
  /** Of the workers that the server looks after, how many there should be, and which answer. */
  workers(): { wanted: number; answering: number; names: string[] }
}

export type AppEnv = {
  Bindings: { incoming?: IncomingMessage }
  Variables: { requestId: string; ui: Ui }
}

/** The request as the server has it; the console can also be asked without one. */
export function incomingOf(c: Context<AppEnv>): IncomingMessage | undefined {
  return c.env?.incoming
}
