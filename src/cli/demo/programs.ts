import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { programFile } from '../../installation.ts'

const PROGRAMS = {
  slow: 'cli/demo/programs/slow-program',
  stalling: 'cli/demo/programs/stalling-program',
} as const

/** Child processes that run the command line for the demo, all killed when it ends. */
export class Programs {
  readonly #env: NodeJS.ProcessEnv
  readonly #running = new Set<ChildProcess>()
  #isOver = false
  readonly #kill = () => this.#running.forEach((child) => child.kill('SIGKILL'))

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
    process.prependListener('exit', this.#kill)
  }

  start(name: keyof typeof PROGRAMS, args: string[]): ChildProcess {
    if (this.#isOver) throw new Error('The demo is over.')
    const child = fork(programFile(PROGRAMS[name]), args, {
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // Sending a message to a killed child fails.
    child.on('error', () => undefined)
    this.#running.add(child)
    child.once('exit', () => this.#running.delete(child))
    return child
  }

  async stop(): Promise<void> {
    this.#isOver = true
    const gone = [...this.#running].map((child) => once(child, 'exit'))
    this.#kill()
    await Promise.all(gone)
    process.off('exit', this.#kill)
  }
}
