import path from 'node:path'
import type { Logger } from 'pino'
import type { Config, ServerConfig } from '../../config.ts'
import { databaseProblemOf } from '../../db/database-problem.ts'
import type { Store } from '../../db/store.ts'
import { resumeInterrupted } from '../../engine/lifecycle/rescuer.ts'
import { createApp } from '../../http/app.ts'
import { loadAssets } from '../../http/ground/assets.ts'
import { mayDo } from '../../http/ground/rights.ts'
import { listen } from '../../http/listen.ts'
import { programFile } from '../../installation.ts'
import { problemText } from '../../i18n/catalogue.ts'
import { cleanUpInThread } from '../../worker/cleanup/cleanup-thread.ts'
import { startCleanup } from '../../worker/cleanup/clear-up.ts'
import { startRescuer } from '../../worker/liveness/rescue-jobs.ts'
import { superviseWorkers, type Supervisor } from '../../worker/liveness/supervisor.ts'
import { startRetention, type Retention } from '../../worker/cleanup/retention.ts'

export type RunningServer = {
  /** The URL of the list of jobs. */
  url: string
  /** Resolves when workers and requests have ended. Workers get `patienceMs` if it is given. */
  stop(patienceMs?: number): Promise<void>
}

export type ServerOptions = {
  store: Store
  config: Config
  server: ServerConfig
  log: Logger
  /** The workers that somebody else supervises, if the server has none of its own. */
  workers?(): Answering | undefined
}

type Answering = ReturnType<Supervisor['answering']>
const NO_WORKERS: Answering = { wanted: 0, answering: 0, names: [] }

/**
 * The web process: the console, the supervisor of its workers, and the rescuer. It runs no job
 * itself, because a batch would block every page.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, config, server, log } = options
  const { outbox, files } = config
  const clearing = startCleanup((signal) => cleanUpInThread(store, signal), log)
  let workers: Supervisor | undefined
  let retention: Retention | undefined
  const app = createApp({
    databaseProblemOf,
    store,
    assets: loadAssets(),
    log,
    now: () => new Date(),
    mayDo,
    clearUp: clearing.ask,
    doubt: () => retention?.doubt(),
    workers: () => options.workers?.() ?? workers?.answering() ?? NO_WORKERS,
    settings: {
      ...server,
      operator: config.actor,
      inboxes: server.inboxes.map((folder) => path.resolve(folder)),
      outbox,
      files,
      maxUpload: server.maxUpload * 1024 * 1024,
    },
  })
  await resumeInterrupted(store.db, { now: new Date() })
  const listening = await listen(app, server)
  const rescuing = startRescuer(store, {
    log,
    onRescue: clearing.ask,
    onOutage: (problem) => log.error(problemText(config.language, problem)),
  })
  clearing.ask()
  retention = startRetention(store, {
    keepDays: server.keepDays,
    outbox,
    log,
    clearUp: clearing.ask,
    onDoubt: (doubt) => log.warn(problemText(config.language, doubt)),
    onPurged: ({ id, error }) =>
      error === undefined
        ? log.info({ job: id }, 'A job was purged.')
        : log.error({ job: id, err: error }, 'A job could not be purged.'),
  })
  workers = superviseWorkers({
    count: server.workers,
    main: programFile('main'),
    env: { ...process.env, TALLYMAN_DATABASE: config.database, ...filesVariable(config) },
    log,
  })
  return {
    url: `${listening.origin}${server.basePath}/`,
    async stop(patienceMs) {
      await Promise.all([
        workers?.stop(patienceMs),
        listening.close(),
        rescuing.stop(),
        retention?.stop(),
        clearing.stop(),
      ])
    },
  }
}

/** For workers, which read settings from their environment. */
function filesVariable({ files }: Config): NodeJS.ProcessEnv {
  if (files === 'beside') return {}
  return { TALLYMAN_FILES: files === 'database' ? files : files.folder }
}
