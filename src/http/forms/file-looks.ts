import { InvalidInputError } from '../../domain/words/errors.ts'

export type Limits = { milliseconds: number; atOnce: number }

/**
 * Looks into files for requests. One that does not answer, as on a network that is gone, holds a
 * thread of the process until it does: so many may, and whoever asked has an answer in time.
 */
export class FileLooks {
  readonly #limits: Limits
  #looking = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /**
   * @param asked aborted when whoever asked has left
   * @throws InvalidInputError `slow_file`, and the reason of `asked` once it is aborted
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
