import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Ui } from '../../../views/ground/ui.ts'
import type { Store } from '../../db/store.ts'
import type { FilesPlace } from '../../domain/specification/kept-files.ts'
import type { Problem } from '../../domain/words/problems.ts'
import type { Right } from '../../domain/states/rights.ts'
import type { Assets } from './assets.ts'

export type HttpSettings = {
  /** Prefix of every path: empty, or `/sub/path` under a proxy. */
  basePath: string
  /** The name or address that the server binds to. */
  host: string
  /** Additional host names of the server, with or without a port. */
  hosts: string[]
  /** Origins whose forms are accepted besides the server's own, as in `https://tally.example`. */
  trustedOrigins: string[]
  /** The request header in which a proxy names the operator, or null. */
  operatorHeader: string | null
  /** Addresses of proxies that are trusted to name the operator and the client. */
  trustedProxies: BlockList
  /** The operator where no header names one. */
  operator: string
  /** IANA name of the time zone of displayed times. */
  timeZone: string
  /** Folders from which files may be imported. */
  inboxes: string[]
  /** The folder to which files are exported, where they are not kept in the database. */
  outbox: string
  /** Where new files of Tallyman's own go. */
  files: FilesPlace
  /** The largest file that may be uploaded, in bytes. */
  maxUpload: number
}

/** The console's dependencies; it starts nothing itself. */
export type AppDeps = {
  store: Store
  settings: HttpSettings
  assets: Assets
  log: Logger
  now(): Date
  /** Whether an operator has a right. */
  mayDo(operator: string, right: Right): boolean
  /** The database or disk problem behind an error; undefined where it is something else. */
  databaseProblemOf(error: unknown): Problem | undefined
  /** Deletes, in the background, the data of cancelled and deleted jobs. */
  clearUp(): void
  /** Why retention has stopped purging until an operator confirms. */
  doubt(): Problem | undefined
  /** The server's workers: how many are configured, how many respond, and the latter's names. */
  workers(): { wanted: number; answering: number; names: string[] }
}

export type AppEnv = {
  Bindings: { incoming?: IncomingMessage }
  Variables: { requestId: string; ui: Ui }
}

/** Node's request; undefined where the console is called without a server. */
export function incomingOf(c: Context<AppEnv>): IncomingMessage | undefined {
  return c.env?.incoming
}
