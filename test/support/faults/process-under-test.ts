import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { findJob } from '../../../src/engine/jobs/jobs.ts'
import { start } from '../programs/cli.ts'
import { untilGone } from '../programs/server.ts'
import { commandLineOf, type JobUnderTest } from './job-under-test.ts'
import { until } from './wait-for-job.ts'

/** A process that runs the job under test, and that is going to be interrupted. */
export type ProcessUnderTest = {
  pid: number
  kill(signal: NodeJS.Signals): void
  isGone(): boolean
  /** Ends when it and all that it started is gone: by itself, or because it was ended. */
  gone(): Promise<void>
  /** Whether it was killed, and did not end before. */
  wasKilled(): boolean
}

export type Launch = (
  subject: JobUnderTest,
  env?: Record<string, string>,
) => Promise<ProcessUnderTest>

/** A worker, as it runs anywhere. */
export const asWorker: Launch = async ({ folder }, env) => launch(folder, ['worker', '--once'], env)

/** The command that makes the job, and runs it in the foreground; and which makes it go on. */
export const asCommand: Launch = async ({ folder, store, id, kind }, env) => {
  const isMade = (await findJob(store.db, id)) !== undefined
  const goOn = ['jobs', 'start', String(id), '--run']
  return launch(folder, isMade ? goOn : commandLineOf(kind), env)
}

/** A server with one worker, which ends once the job is over. */
export const asServer: Launch = async (subject, env) => {
  const child = launch(subject.folder, ['serve', '--port', '0', '--workers', '1'], env)
  const isOver = until(child, subject, ({ status }) => status === 'paused' || status === 'failed')
  return {
    ...child,
    async gone() {
      await isOver
      child.kill('SIGTERM')
      await child.gone()
    },
  }
}

function launch(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
): ProcessUnderTest {
  const child = start(folder, args, env)
  child.stdout.resume()
  child.stderr.resume()
  const { pid = 0 } = child
  const exit = once(child, 'exit')
  let orphans: number[] = []
  return {
    pid,
    kill(signal) {
      if (signal === 'SIGKILL') orphans = childrenOf(pid)
      child.kill(signal)
    },
    isGone: () => child.exitCode !== null || child.signalCode !== null,
    async gone() {
      await exit
      for (const orphan of orphans) await untilGone(orphan)
    },
    wasKilled: () => child.signalCode === 'SIGKILL',
  }
}

/** One that was killed can't tell whom it leaves behind. */
function childrenOf(pid: number): number[] {
  return processes()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid)
}

function processes(): { pid: number; parent: number }[] {
  if (!existsSync('/proc/self/stat')) {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    return table
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0]) => ({ pid, parent }))
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(name) }))
}

/** The name, which stands in brackets before, may hold anything. */
function parentOf(pid: string): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/s)
    return Number(rest.split(' ')[1])
  } catch {
    return 0
  }
}
