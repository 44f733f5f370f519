const MAX_PATIENCE = 64

/** Whether a guess is worth a try, which costs a second write where it is wrong (back-off). */
export class Expectation {
  #patience = 0
  #wait = 0

  isOpen(): boolean {
    if (this.#wait === 0) return true
    this.#wait--
    return false
  }

  /** After each failure, more chances are left out. */
  learn(isRight: boolean): void {
    this.#patience = isRight ? 0 : Math.min(MAX_PATIENCE, this.#patience * 2 + 1)
    this.#wait = this.#patience
  }
}
