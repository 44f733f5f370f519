import type { Value } from '../../domain/records/record.ts'
import type { Message } from '../../domain/words/messages.ts'
import { shorten } from '../../domain/texts/shorten.ts'

/** A value that the column cannot store as written: the stored value, and the message about it. */
export class Altered {
  readonly stored: Value
  readonly message: Message

  constructor(stored: number | bigint, code: 'TLY-3020' | 'TLY-3021', given: string) {
    this.stored = stored
    this.message = { code, params: { given: shorten(given), stored: textOf(stored) } }
  }
}

/** Writes a whole number with all its digits. */
function textOf(number: number | bigint): string {
  return String(Number.isSafeInteger(number) || !Number.isInteger(number) ? number : BigInt(number))
}
