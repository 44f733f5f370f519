import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Store } from '../../../src/db/store.ts'
import { until } from '../jobs/big-import.ts'
import { start } from './cli.ts'

/** A server of the test's own, as a process, on a free port; it listens when this comes back. */
export async function aServer(
  folder: string,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const child = start(folder, ['serve', '--port', '0', '--json', ...args], env)
  const gone = once(child, 'exit')
  child.stderr.resume()
  const line = await firstLine(child.stdout)
  const { url }: { url: string } = JSON.parse(line)
  return { child, gone, url, origin: new URL(url).origin }
}

export async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  throw new Error('it ended without a line')
}

/** The process that runs the job, once one does; what is left of it is killed after the test. */
export async function workerOf(store: Store, id: number): Promise<number> {
  const { worker } = await until(store, id, ({ status }) => status === 'running')
  const pid = Number(worker?.split(':').at(-1))
  onTestFinished(() => void (isAlive(pid) && process.kill(pid, 'SIGKILL')))
  return pid
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(5)
}
