import { fork, type ChildProcess } from 'node:child_process'
import type { Logger } from 'pino'
import { workerName } from '../ground/worker-identity.ts'
import { watchSilence, type SilenceWatch } from './signs-of-life.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** A worker that lived so long has not failed by being started. */
const SETTLED_MS = 60_000
/** Longer than a worker takes to let go of its job, and within the ten seconds of a shutdown. */
const KILL_AFTER_MS = 8_000

export type SupervisorOptions = {
  count: number
  /** The file that is run as `… worker`. */
  main: string
  env: NodeJS.ProcessEnv
  log: Pick<Logger, 'info' | 'error'>
  /** How long a worker may give no sign of life before it is killed. */
  leaseMs?: number
}

export type Supervisor = {
  /** Of the workers that there should be, how many give signs of life. */
  answering(): { wanted: number; answering: number; names: string[] }
  /** Ends when all workers are gone; those that take longer than `patienceMs` are killed. */
  stop(patienceMs?: number): Promise<void>
}

/**
 * Keeps so many workers running, each a process of its own. They outlive nobody: this process kills
 * them when it ends in haste, and where it is killed itself they notice by their closed channel.
 */
export function superviseWorkers(options: SupervisorOptions): Supervisor {
  const seats = Array.from({ length: options.count }, () => new WorkerSlot(options))
  const kill = () => seats.forEach((seat) => seat.kill())
  process.prependListener('exit', kill)
  return {
    answering: () => ({
      wanted: seats.length,
      answering: seats.filter((seat) => seat.isAnswering).length,
      names: seats.flatMap((seat) => (seat.isAnswering ? (seat.name ?? []) : [])),
    }),
    async stop(patienceMs = KILL_AFTER_MS) {
      await Promise.all(seats.map((seat) => seat.stop(patienceMs)))
      process.off('exit', kill)
    },
  }
}

/** The place of one worker, which is filled again when its worker dies. */
class WorkerSlot {
  readonly #options: SupervisorOptions
  #worker: ChildProcess | undefined
  #refill: NodeJS.Timeout | undefined
  #silence: SilenceWatch | undefined
  #delay = FIRST_DELAY_MS

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#fill()
  }

  get isAnswering(): boolean {
    return this.#worker !== undefined && this.#silence?.isAnswering === true
  }

  /** As the jobs have it that this worker runs. */
  get name(): string | undefined {
    const pid = this.#worker?.pid
    return pid === undefined ? undefined : workerName(pid)
  }

  kill(): void {
    this.#worker?.kill('SIGKILL')
  }

  async stop(patienceMs: number): Promise<void> {
    clearTimeout(this.#refill)
    const worker = this.#worker
    if (worker === undefined) return

    const killing = setTimeout(() => worker.kill('SIGKILL'), patienceMs)
    await new Promise<void>((resolve) => {
      worker.removeAllListeners('close').once('close', () => resolve())
      worker.kill('SIGTERM')
    })
    clearTimeout(killing)
    this.#worker = undefined
  }

  #fill(): void {
    const { main, env, log, leaseMs } = this.#options
    const began = performance.now()
    // In a group of its own: Ctrl-C on a terminal is for the supervisor, which passes it on.
    const worker = fork(main, ['worker'], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const { pid } = worker
    worker.stdout?.on('data', (text: Buffer) => log.info({ worker: pid }, sentence(text)))
    worker.stderr?.on('data', (text: Buffer) => log.error({ worker: pid }, sentence(text)))
    worker.on('error', (error) => log.error({ worker: pid, err: error }, 'A worker failed.'))
    const silence = watchSilence(worker, {
      leaseMs,
      onSilent: () => {
        log.error({ worker: pid }, 'A worker stands still and is ended.')
        worker.kill('SIGKILL')
      },
    })
    this.#silence = silence
    worker.once('close', (code, signal) => {
      silence.stop()
      this.#worker = undefined
      const lived = performance.now() - began
      if (lived >= SETTLED_MS) this.#delay = FIRST_DELAY_MS
      log.error({ worker: pid, code, signal, again_ms: this.#delay }, 'A worker is gone.')
      this.#refill = setTimeout(() => this.#fill(), this.#delay)
      this.#delay = Math.min(LONGEST_DELAY_MS, this.#delay * 2)
    })
    this.#worker = worker
  }
}

function sentence(text: Buffer): string {
  return text.toString().trimEnd()
}
