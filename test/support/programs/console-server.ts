import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { aStore } from '../a-store.ts'
import { tmpDir } from '../tmp.ts'
import { start } from './cli.ts'
import { firstLine } from './server.ts'

export type ConsoleServer = {
  /** Where it answers, as in `http://127.0.0.1:4711`. */
  origin: string
  folder: string
  /** The server's own database, to make jobs in and to see what became of them. */
  store: Store
  stop(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** On the same port. */
  startAgain(): Promise<void>
}

/** The real `tallyman serve` with one real worker, on a database of the test's own. */
export async function aConsole(
  env: Record<string, string> = {},
  folder = tmpDir(),
): Promise<ConsoleServer> {
  const { store } = await aStore(folder)
  let running = await launch(folder, ['serve', '--port', '0'], env)
  const { origin, port } = new URL(running.url)
  return {
    origin,
    folder,
    store,
    stop: () => running.stop(),
    kill: () => running.stop('SIGKILL'),
    async startAgain() {
      running = await launch(folder, ['serve', '--port', port], env)
    },
  }
}

/** Starts what prints its address as JSON, and perhaps its folder; it stops when the test is over. */
export async function launch(folder: string, args: string[], env: Record<string, string> = {}) {
  const quiet = { TALLYMAN_TIME_ZONE: 'UTC', TALLYMAN_WORKERS: '1', TALLYMAN_LOG_LEVEL: 'error' }
  const child = start(folder, [...args, '--json'], { ...quiet, ...env })
  const closed = once(child, 'close')
  child.stderr.pipe(process.stderr)
  async function stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    child.kill(signal)
    await closed
  }
  onTestFinished(() => stop())
  const { url, folder: place = folder }: { url: string; folder?: string } = JSON.parse(
    await firstLine(child.stdout),
  )
  return { url, folder: place, stop }
}
