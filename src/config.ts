import { availableParallelism, userInfo } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { filesPlaceOf, resultsFolderOf } from './domain/specification/kept-files.ts'
import { networksOf } from './domain/texts/networks.ts'
import { isTimeZone, ownTimeZone } from './domain/texts/time-zones.ts'
import type { Problem } from './domain/words/problems.ts'
import { WrongSettingsError } from './domain/words/errors.ts'
import { languageOf, type Language } from './i18n/languages.ts'

export type Config = {
  /** `sqlite:` and the path of a file. */
  database: string
  /** In which statuses, journal and rejects are read. */
  language: Language
  /** Who does what is done here. */
  actor: string
  /** The folder of results that belong to their jobs. */
  outbox: string
  /** Where all other files that belong to jobs go. */
  files: ReturnType<typeof filesPlaceOf>
}

export const DEFAULT_DATABASE = 'sqlite:tallyman-data/tallyman.db'

/** What was typed goes before what the environment says. */
export function readConfig(
  env: NodeJS.ProcessEnv,
  typed: { database?: string | undefined; files?: string | undefined },
): Config {
  const database = typed.database ?? (env['TALLYMAN_DATABASE'] || DEFAULT_DATABASE)
  const files = filesPlaceOf(typed.files ?? env['TALLYMAN_FILES']?.trim(), database)
  const outbox = env['TALLYMAN_OUTBOX']?.trim() || resultsFolderOf(files) || DEFAULT_OUTBOX
  return {
    database,
    files,
    language: languageOf(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''),
    actor: userName() ?? env['USER'] ?? 'operator',
    outbox: path.resolve(outbox),
  }
}

/** Undefined where a container runs under a number that no user has. */
function userName(): string | undefined {
  try {
    return userInfo().username
  } catch {
    return undefined
  }
}

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 3000
export const DEFAULT_INBOX = path.join('tallyman-data', 'inbox')
export const DEFAULT_OUTBOX = path.join('tallyman-data', 'outbox')
/** A database in a file takes one writer at a time: a third worker would wait; and pages need a core. */
const DEFAULT_WORKERS = Math.min(2, Math.max(1, availableParallelism() - 1))
const LOOPBACK = ['127.0.0.0/8', '::1']
const MOST_MEGABYTES = 999_999_999
const DEFAULT_MEGABYTES = 20_480
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const text = z.string().trim()
const wholeNumber = (most: number) =>
  text
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().max(most))
const listOf = (between: string) =>
  text.transform((all) =>
    all
      .split(between)
      .map((one) => one.trim())
      .filter(Boolean),
  )

const serverConfig = z.object({
  host: text.default(DEFAULT_HOST),
  /** 0: any that is free. */
  port: wholeNumber(65_535).default(DEFAULT_PORT),
  /** 0: the jobs are run by workers that were started elsewhere. */
  workers: wholeNumber(64).default(DEFAULT_WORKERS),
  /** After how many days a job that is over goes; null: never. */
  keepDays: wholeNumber(36_500).pipe(z.number().min(1)).nullable().default(null),
  /** How many jobs write one table, or read it, at a time; null: as many as there are workers. */
  jobsPerTable: wholeNumber(1_000).pipe(z.number().min(1)).nullable().default(null),
  /** What stands before every path: empty, or `/sub/path`. */
  basePath: text
    .transform((given) => given.split('/').filter(Boolean))
    .pipe(z.array(z.string().regex(/^(?!\.+$)[\w.~-]+$/)))
    .transform((parts) => parts.map((part) => `/${part}`).join(''))
    .default(''),
  trustedOrigins: listOf(',')
    .pipe(z.array(z.url({ protocol: /^https?$/ }).regex(/^\w+:\/\/[^/?#@]+\/?$/)))
    .transform((origins) => origins.map((origin) => new URL(origin).origin))
    .default([]),
  hosts: listOf(',')
    .pipe(z.array(z.string().regex(/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i)))
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .default([]),
  operatorHeader: text
    .regex(/^[\w!#$%&'*+.^`|~-]+$/)
    .nullable()
    .default(null),
  trustedProxies: listOf(',')
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))
    .transform(networksOf)
    .default(() => networksOf(LOOPBACK)),
  timeZone: text.refine(isTimeZone).default(() => ownTimeZone()),
  inboxes: listOf(path.delimiter).default([DEFAULT_INBOX]),
  /** In megabytes. */
  maxUpload: wholeNumber(MOST_MEGABYTES).default(DEFAULT_MEGABYTES),
  logLevel: z.enum(LOG_LEVELS).default('info'),
})
export type ServerConfig = z.infer<typeof serverConfig>
type Setting = keyof ServerConfig

export const KEEP_DAYS_PROBLEM: Problem = { problem: 'not_between', from: 1, to: 36_500 }

/** Each setting's variable, and what is said where it holds something else. */
const VARIABLES: Record<Setting, { variable: string; problem: Problem }> = {
  host: { variable: 'TALLYMAN_HOST', problem: { problem: 'empty_part' } },
  port: { variable: 'TALLYMAN_PORT', problem: { problem: 'not_between', from: 0, to: 65_535 } },
  workers: { variable: 'TALLYMAN_WORKERS', problem: { problem: 'not_between', from: 0, to: 64 } },
  keepDays: { variable: 'TALLYMAN_KEEP_DAYS', problem: KEEP_DAYS_PROBLEM },
  jobsPerTable: {
    variable: 'TALLYMAN_JOBS_PER_TABLE',
    problem: { problem: 'not_between', from: 1, to: 1_000 },
  },
  basePath: { variable: 'TALLYMAN_BASE_PATH', problem: { problem: 'no_base_path' } },
  trustedOrigins: { variable: 'TALLYMAN_TRUSTED_ORIGINS', problem: { problem: 'no_origins' } },
  hosts: { variable: 'TALLYMAN_HOSTS', problem: { problem: 'no_hosts' } },
  operatorHeader: { variable: 'TALLYMAN_OPERATOR_HEADER', problem: { problem: 'no_header_name' } },
  trustedProxies: { variable: 'TALLYMAN_TRUSTED_PROXIES', problem: { problem: 'no_networks' } },
  timeZone: { variable: 'TALLYMAN_TIME_ZONE', problem: { problem: 'no_time_zone' } },
  inboxes: { variable: 'TALLYMAN_INBOX', problem: { problem: 'empty_part' } },
  maxUpload: {
    variable: 'TALLYMAN_MAX_UPLOAD',
    problem: { problem: 'not_between', from: 0, to: MOST_MEGABYTES },
  },
  logLevel: {
    variable: 'TALLYMAN_LOG_LEVEL',
    problem: { problem: 'no_choice', choices: LOG_LEVELS.join(', ') },
  },
}

/** What can be typed as well, as in `--port`. */
export type TypedServer = Partial<Record<'host' | 'port' | 'workers' | 'keepDays', string>>

/**
 * What a server goes by. An empty variable is as one that is not there.
 * @throws WrongSettingsError with all that is wrong, so that it can be mended at once
 */
export function readServerConfig(env: NodeJS.ProcessEnv, typed: TypedServer): ServerConfig {
  return read(serverConfig, env, typed)
}

const workerConfig = serverConfig.pick({ keepDays: true, jobsPerTable: true })
export type WorkerConfig = z.infer<typeof workerConfig>

/**
 * The same for a worker, whom the rest of a server's settings does not concern.
 * @throws WrongSettingsError
 */
export function readWorkerConfig(env: NodeJS.ProcessEnv, typed: TypedServer): WorkerConfig {
  return read(workerConfig, env, typed)
}

function read<Read>(schema: z.ZodType<Read>, env: NodeJS.ProcessEnv, typed: TypedServer): Read {
  const written = Object.entries(VARIABLES).flatMap(([setting, { variable }]) =>
    env[variable] ? [[setting, env[variable]]] : [],
  )
  const result = schema.safeParse({ ...Object.fromEntries(written), ...typed })
  if (result.success) return result.data

  const wrong = new Set(result.error.issues.map(({ path: [setting] }) => setting))
  throw new WrongSettingsError(
    Object.entries(VARIABLES)
      .filter(([setting]) => wrong.has(setting))
      .map(([setting, { variable, problem }]) => ({
        name: Object.hasOwn(typed, setting) ? flagOf(setting) : variable,
        problem,
      })),
  )
}

/** `keepDays` is typed as `--keep-days`. */
function flagOf(setting: string): string {
  return `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
