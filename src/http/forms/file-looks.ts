import { InvalidInputError } from '../../domain/words/errors.ts'

export type Limits = { milliseconds: number; atOnce: number }

/**
 * Limits file access by requests. A file that does not respond, as on a lost network drive, blocks
 * a thread of the process: so the number of such accesses is limited, and each request times out.
 */
export class FileLooks {
  readonly #limits: Limits
  #looking = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /**
   * @param asked aborted when the client disconnects
   * @throws InvalidInputError `slow_file`, or the reason of `asked` once it is aborted
   */
  async look<Found>(
    path: string,
    asked: AbortSignal,
    look: (signal: AbortSignal) => Promise<Found>,
  ): Promise<Found> {
    const slow = new InvalidInputError({ problem: 'slow_file', path }, { at: ['path'] })
    if (this.#looking >= this.#limits.atOnce) throw slow
    const late = AbortSignal.timeout(this.#limits.milliseconds)
    const signal = AbortSignal.any([asked, late])
    this.#looking++
    const looking = look(signal).finally(() => this.#looking--)
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    try {
      return await Promise.race([looking, stopped])
    } catch (error) {
      throw late.aborted && !asked.aborted ? slow : error
    }
  }
}

export const fileLooks = new FileLooks({ milliseconds: 10_000, atOnce: 8 })
