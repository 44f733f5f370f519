import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { MAIN } from '../programs/main.ts'

/** A worker as it runs on a machine of its own. */
export type WorkerProcess = {
  name: string
  child: ChildProcess
  /** What it said on standard error. */
  said: string[]
  signal(name: NodeJS.Signals): void
  /** Kills it, also where it is stopped, and waits for its end. */
  kill(): Promise<void>
}

/** @param main the command line of another version */
export function startWorkerProcess(
  url: string,
  env: Record<string, string> = {},
  main = MAIN,
): WorkerProcess {
  const child = spawn(process.execPath, [main, 'worker'], {
    env: { ...process.env, LC_ALL: 'C', ...env, TALLYMAN_DATABASE: url },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (text) => void said.push(String(text)))
  const gone = once(child, 'exit')
  return {
    name: `${hostname()}:${child.pid}`,
    child,
    said,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
