import { fork, type ChildProcess } from 'node:child_process'
import type { Logger } from 'pino'
import { workerName } from '../ground/worker-identity.ts'
import { watchSilence, type SilenceWatch } from './signs-of-life.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** After this lifetime the exit of a worker is no failed start, and resets the backoff. */
const SETTLED_MS = 60_000
/** Longer than a worker takes to release its job, and within the ten seconds of a shutdown. */
const KILL_AFTER_MS = 8_000
/**
 * For glibc, which else keeps what large buffers leave, and an arena for each thread: a tenth of
 * what a worker has. It raises the threshold by itself where none is set
 * (sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html).
 */
const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: String(128 * 1024), MALLOC_ARENA_MAX: '2' }

export type SupervisorOptions = {
  count: number
  /** The main script, which is run with the argument `worker`. */
  main: string
  env: NodeJS.ProcessEnv
  log: Pick<Logger, 'info' | 'error'>
  /** Milliseconds without a sign of life after which a worker is killed. */
  leaseMs?: number
}

export type Supervisor = {
  /** How many workers are wanted, and how many of them (and which) give signs of life. */
  answering(): { wanted: number; answering: number; names: string[] }
  /** Resolves when all workers have exited; those that take longer than `patienceMs` are killed. */
  stop(patienceMs?: number): Promise<void>
}

/**
 * Keeps `count` workers running, each in its own process. They do not outlive the supervisor: it
 * kills them when it exits early, and if it is killed itself, they notice that the channel closes.
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

/** The slot of one worker, which is restarted with exponential backoff when it dies. */
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

  /** The worker's name as stored with its jobs. */
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
    // In a process group of its own: only the supervisor gets Ctrl-C, and passes it on.
    const worker = fork(main, ['worker'], {
      env: { ...ALLOCATOR, ...env },
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
