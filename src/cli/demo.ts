import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { DEFAULT_HOST, DEFAULT_PORT, type ServerConfig, type TypedServer } from '../config.ts'
import { phrase } from '../i18n/catalogue.ts'
import { programFile } from '../installation.ts'
import { superviseWorkers, type Supervisor } from '../worker/supervisor.ts'
import { DemoOperator } from './demo/demo-operator.ts'
import { play } from './demo/play.ts'
import { Programs } from './demo/programs.ts'
import { makeSampleFiles, type SampleFiles } from './demo/sample-files.ts'
import { printJson, printLine } from './print.ts'
import type { Call, Session } from './session.ts'
import { stopOnSignals } from './signals.ts'

const WORKERS = 2

export function addDemo(program: Command, session: Session): void {
  program
    .command('demo')
    .description('a server on a fresh sample database with jobs in every status, until Ctrl-C')
    .option('--port <n>', `0: any that is free (default: $TALLYMAN_PORT, else ${DEFAULT_PORT})`)
    .option('--host <name>', `default: $TALLYMAN_HOST, else ${DEFAULT_HOST}: this machine alone`)
    .addHelpText('after', EXAMPLES)
    .action(async (typed: TypedServer, command: Command) => {
      const server = session.serverConfig(typed)
      const { stopSignal } = stopOnSignals(() => undefined)
      const files = makeSampleFiles()
      process.once('exit', () => removeFolder(files.folder))
      const database = `sqlite:${path.join(files.folder, 'demo.db')}`
      await session.run({ ...command.optsWithGlobals(), database }, (call) =>
        demo(call, { ...server, inboxes: [files.inbox], outbox: files.outbox }, files, stopSignal),
      )
    })
}

async function demo(
  { store, config, isJson }: Call,
  server: ServerConfig,
  files: SampleFiles,
  stopSignal: AbortSignal,
): Promise<number> {
  const { language, database, actor } = config
  // Loaded here, so that no other command waits for the console.
  const [{ openServerLog }, { startServer }] = await Promise.all([
    import('./server-log.ts'),
    import('./start-server.ts'),
  ])
  const log = openServerLog(server.logLevel, process.stderr)
  const env = { ...process.env, TALLYMAN_DATABASE: database }
  const running = await startServer({ store, config, server: { ...server, workers: 0 }, log })
  const programs = new Programs(env)
  let workers: Supervisor | undefined
  const startWorkers = () => {
    stopSignal.throwIfAborted()
    workers = superviseWorkers({
      count: WORKERS,
      main: programFile('cli/demo/slow-program'),
      env,
      log,
    })
  }
  try {
    const { url } = running
    if (!isJson) await printLine(phrase(language, 'listens', { url }))
    const operator = new DemoOperator(store.db, actor, stopSignal)
    const playing = play({ store, operator, programs, files }, startWorkers)
    const stopped = stopSignal.aborted ? Promise.resolve() : once(stopSignal, 'abort')
    await Promise.race([playing, stopped])
    if (stopSignal.aborted) return 0
    if (isJson) await printJson({ url, folder: files.folder })
    else await printLine(phrase(language, 'demoIsReady'))
    await stopped
  } finally {
    // Nobody needs what they are at.
    await Promise.all([programs.stop(), workers?.stop(0), running.stop(0)])
  }
  return 0
}

/** A process that was just killed may hold its files for a moment. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

const EXAMPLES = `
Examples:
  $ tallyman demo
  $ tallyman demo --port 0 --json

Its workers are slowed down on purpose, so that there is something to watch, and its database is
gone when it ends.`
