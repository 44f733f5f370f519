import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import type { ServerConfig } from '../../config.ts'
import { InvalidInputError } from '../../domain/words/errors.ts'
import { phrase } from '../../i18n/catalogue.ts'
import { superviseWorkers, type Supervisor } from '../../worker/liveness/supervisor.ts'
import { printJson, printLine } from '../output/print.ts'
import { openServerLog } from '../output/server-log.ts'
import type { Call, Session } from '../ground/session.ts'
import { stopOnSignals } from '../ground/signals.ts'
import { npmPrograms, systemPrograms } from '../postgres/find-programs.ts'
import { startOwnServer, type OwnServer } from '../postgres/own-server.ts'
import { startServer } from '../run/start-server.ts'
import { DemoOperator } from './demo-operator.ts'
import { play } from './play.ts'
import { programFile } from '../../installation.ts'
import { Programs } from './programs.ts'
import { makeSampleFiles, type SampleFiles } from './sample-files.ts'

const WORKERS = 2

/** Runs the demo until a stop signal, and always removes its files and processes. */
export async function showDemo(
  session: Session,
  server: ServerConfig,
  { isOnPostgres, ...options }: Record<string, unknown> & { isOnPostgres: boolean },
): Promise<void> {
  const { stopSignal } = stopOnSignals(() => undefined, 'SIGHUP')
  const files = makeSampleFiles()
  process.once('exit', () => removeFolder(files.folder))
  const own = isOnPostgres ? await startServerOfNpm(stopSignal) : undefined
  if (stopSignal.aborted) return await own?.stop()
  const database = own?.url ?? `sqlite:${path.join(files.folder, 'demo.db')}`
  try {
    await session.run(
      { ...options, database },
      ({ config, ...call }) =>
        demo(
          { ...call, config: { ...config, outbox: files.outbox } },
          { ...server, inboxes: [files.inbox] },
          { files, stopSignal },
        ),
      { mustExist: false, priority: 'first' },
    )
  } finally {
    await own?.stop()
  }
}

/**
 * Where npm has brought none, one of the system; undefined where it was stopped meanwhile.
 * @throws InvalidInputError where there is neither
 */
async function startServerOfNpm(stopSignal: AbortSignal): Promise<OwnServer | undefined> {
  const programs = npmPrograms() ?? systemPrograms(process.env)
  if (programs === undefined) throw new InvalidInputError({ problem: 'no_own_server' })
  try {
    return await startOwnServer(programs)
  } catch (error) {
    // A Ctrl-C of the terminal is for the program as well that makes its files.
    if (stopSignal.aborted) return undefined
    throw error
  }
}

async function demo(
  { store, config, isJson }: Call,
  server: ServerConfig,
  { files, stopSignal }: { files: SampleFiles; stopSignal: AbortSignal },
): Promise<number> {
  const { language, database, actor } = config
  const log = openServerLog(server.logLevel, process.stderr)
  const env = {
    ...process.env,
    TALLYMAN_DATABASE: database,
    // The child processes reuse the code that this process compiled.
    NODE_COMPILE_CACHE: getCompileCacheDir(),
  }
  let workers: Supervisor | undefined
  const running = await startServer({
    store,
    config,
    server: { ...server, workers: 0 },
    workers: () => workers?.answering(),
    log,
  })
  const programs = new Programs(env)
  let playing: Promise<void> | undefined
  const startWorkers = () => {
    stopSignal.throwIfAborted()
    workers = superviseWorkers({
      count: WORKERS,
      main: programFile('cli/demo/programs/slow-program'),
      env,
      log,
    })
  }
  try {
    const { url } = running
    if (!isJson) await printLine(phrase(language, 'listens', { url }))
    const operator = new DemoOperator(store, actor, stopSignal)
    playing = play({ store, operator, programs, files }, startWorkers)
    const stopped = stopSignal.aborted ? Promise.resolve() : once(stopSignal, 'abort')
    await Promise.race([playing, stopped])
    if (stopSignal.aborted) return 0
    if (isJson) await printJson({ url, folder: files.folder })
    else await printLine(phrase(language, 'demoIsReady'))
    await stopped
  } finally {
    // The child processes can be killed; what runs in this process needs the database until it
    // ends.
    const over = playing?.catch(() => undefined)
    await Promise.all([programs.stop(), workers?.stop(0), running.stop(0), over])
  }
  return 0
}

/** A killed process may hold its files for a moment. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}
